import type { Engine, Errno, Container } from '../protocol.ts';

/**
 * A container as it was met from the outside: by a cgroup path, or by the engine's process that started it.
 * The engine's state files then fill in the rest (`engines/`).
 */
export interface Sighting {
  /** `unknown`: an ID was seen, but nothing said whose. */
  readonly engine: Engine;
  readonly id: string | null;
  /** As far as the path or the command line tells it. */
  readonly name: string | null;
  readonly podUid: string | null;
  readonly rootless: boolean | null;
  /** The engine's process that started it, on its outside: shim, conmon, bwrap …; null when not seen. */
  readonly starter: number | null;
  /** The container's first process, where the sighting tells. */
  readonly init: number | null;
  /** Directory with the engine's record of it (an OCI bundle, a runtime's state), where the sighting tells. */
  readonly directory: string | null;
  /** Sets apart containers whose ID is unique only within something (a containerd namespace, a runc root). */
  readonly scope: string | null;
  readonly source: string;
}

/** A sighting that tells nothing yet, to be spread. */
export const NOTHING_SEEN: Omit<Sighting, 'engine' | 'source'> = {
  id: null, name: null, podUid: null, rootless: null, starter: null, init: null, directory: null, scope: null,
};

/** What the engine's own files say. */
export interface Description {
  /** Where the files know better than the sighting whose it is. */
  readonly engine?: Engine;
  readonly id?: string | null;
  readonly name: string | null;
  readonly image: string | null;
  readonly pod?: Container['pod'] | undefined;
  readonly rootless?: boolean | null;
  /** Pid of the first process as the engine knows it: may be from another pid namespace. */
  readonly init?: number | null | undefined;
  /** The file that told. */
  readonly source?: string;
  readonly unread: Container['unread'];
}

/** For what an engine has no such thing as a name, an image or an ID. */
export const NONE: Errno = 'ENODATA';
