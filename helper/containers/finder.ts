import type { Container, Process } from '../protocol.ts';

/** What the finder must know of a process. */
export type ContainerSubject = Pick<Process, 'pid' | 'start' | 'ppid' | 'comm' | 'cmdline' | 'cgroup' | 'uid' | 'nsPids' | 'ns' | 'kernelThread'>;

/** What one `update` found. */
export interface Findings {
  /** Processes whose answer is new or changed (also ones that were not in `changed`): key of a container, null when in none. */
  readonly of: Map<number, string | null>;
  /** New or changed, whole. */
  readonly containers: Container[];
  /** Keys of containers that have no process left. */
  readonly ended: string[];
}

const DOCKER = /\/docker[/-]([0-9a-f]{64})(?:\.scope)?(?:\/|$)/;

/** Tells which container or sandbox each process belongs to. */
export class ContainerFinder {
  readonly #root: string;
  readonly #told = new Set<string>();

  constructor(options?: { root?: string }) {
    this.#root = options?.root ?? '';
  }

  update(changed: readonly ContainerSubject[], endedPids: readonly number[], hostNs: readonly (number | null)[], all: ReadonlyMap<number, ContainerSubject>): Findings {
    this.#root; endedPids; hostNs; all;
    const of = new Map<number, string | null>();
    const containers: Container[] = [];
    for (const process of changed) {
      const id = process.cgroup === null ? undefined : DOCKER.exec(process.cgroup)?.[1];
      of.set(process.pid, id === undefined ? null : `docker:${id}`);
      if (id === undefined || this.#told.has(id)) continue;
      this.#told.add(id);
      containers.push({ key: `docker:${id}`, engine: 'docker', id, name: null, image: null, pod: null, rootless: null, init: null, source: 'cgroup path', unread: { name: 'ENOENT', image: 'ENOENT' } });
    }
    return { of, containers, ended: [] };
  }
}
