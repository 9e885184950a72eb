import { sightingOfCgroup } from './cgroupPath.ts';
import { isPathSafe } from './reach.ts';
import type { RuntimeStates } from './runtimeStates.ts';
import type { Sighting } from './sighting.ts';
import { isStarter, sightingOfInit, sightingOfStarter } from './starters.ts';
import type { StateFiles } from './stateFiles.ts';
import type { ContainerSubject } from './subject.ts';
import { mountNamespace, optionOf, pidNamespace } from './subject.ts';

interface Placed {
  readonly start: string;
  readonly key: string | null;
  /** Had its command line been read? A starter's children wait for it. */
  readonly told: boolean;
}

const MAX_PATHS = 50_000;
const FULL_ID = /^[0-9a-f]{64}$/;

/**
 * Which container each process is in. In this order: its mount namespace is known to be a container's; a known program
 * started it into a new one; its cgroup path says so; its parent is in one. The first is exact and cheap, and finds processes
 * that entered later; the last finds those that nothing else tells of.
 */
export class Placement {
  readonly #files: StateFiles;
  readonly #runtimes: RuntimeStates;
  readonly #ofPath = new Map<string, Sighting | null>();
  readonly #placed = new Map<number, Placed>();
  readonly #sightings = new Map<string, Sighting>();
  readonly #members = new Map<string, Set<number>>();
  readonly #byMount = new Map<number, string>();
  /** What a cgroup path alone would be called → the container that its first process turned out to be in. */
  readonly #aliases = new Map<string, string>();
  /** Processes in a mount namespace of their own that is no container's so far. */
  readonly #unresolved = new Set<number>();
  #hostNs: readonly (number | null)[] = [];
  #all: ReadonlyMap<number, ContainerSubject> = new Map();
  /** A container was met for the first time in this update. */
  #grew = false;
  /** A process that was placed before moved, so that those below it must be placed again. */
  #again = false;

  constructor(files: StateFiles, runtimes: RuntimeStates) {
    this.#files = files;
    this.#runtimes = runtimes;
  }

  get sightings(): ReadonlyMap<string, Sighting> { return this.#sightings; }

  members(key: string): ReadonlySet<number> {
    return this.#members.get(key) ?? new Set();
  }

  /** Takes in what changed. Answers of processes that were asked about or whose answer changed; and keys of containers without processes. */
  update(changed: readonly ContainerSubject[], endedPids: readonly number[], hostNs: readonly (number | null)[], all: ReadonlyMap<number, ContainerSubject>): { of: Map<number, string | null>; ended: string[] } {
    this.#begin(hostNs, all);
    const touched = new Set<string>();
    for (const pid of endedPids) this.#forget(pid, touched);
    const answers = new Map<number, string | null>();
    const visiting = new Set<number>();
    for (const process of changed) {
      const old = this.#placed.get(process.pid);
      if (old && old.start !== process.start) this.#forget(process.pid, touched);
      // a runtime whose state is not in the usual place is known by its command line while it runs
      const root = process.comm === 'runc' ? optionOf(process.cmdline ?? [], ['--root']) : null;
      if (root !== null) this.#runtimes.addRoot(root);
      if (old?.start === process.start && !old.told && process.cmdline !== null && isStarter(process)) this.#again = true;
    }
    const fresh = new Set(changed.map((process) => process.pid));
    const place = (process: ContainerSubject): string | null => {
      const old = this.#placed.get(process.pid);
      if (old?.start === process.start && !fresh.has(process.pid)) return old.key;
      fresh.delete(process.pid);
      visiting.add(process.pid);
      const parent = process.ppid > 0 ? all.get(process.ppid) : undefined;
      // a torn reading can give a loop
      const parentKey = parent && !visiting.has(parent.pid) ? place(parent) : null;
      visiting.delete(process.pid);
      const key = this.#decide(process, parent, parentKey);
      if (old && old.key !== key) this.#again = true;
      this.#enter(process, key, touched);
      answers.set(process.pid, key);
      return key;
    };
    for (const process of changed) if (fresh.has(process.pid)) place(process);
    if (this.#unresolved.size > 0 && (this.#runtimes.refresh() || this.#grew)) this.#retry(place, fresh);
    if (this.#again) {
      // what is below a process that moved: rare, so that everything is looked at again
      for (const pid of all.keys()) fresh.add(pid);
      for (const process of all.values()) if (fresh.has(process.pid)) place(process);
    }
    const ended: string[] = [];
    for (const key of touched) {
      if ((this.#members.get(key)?.size ?? 0) > 0) continue;
      this.#drop(key);
      ended.push(key);
    }
    return { of: answers, ended };
  }

  #begin(hostNs: readonly (number | null)[], all: ReadonlyMap<number, ContainerSubject>): void {
    this.#hostNs = hostNs;
    this.#all = all;
    this.#again = false;
    this.#grew = false;
  }

  /** New containers may explain processes that nothing explained so far. */
  #retry(place: (process: ContainerSubject) => string | null, fresh: Set<number>): void {
    for (const pid of [...this.#unresolved]) {
      const process = this.#all.get(pid);
      if (!process) continue;
      fresh.add(pid);
      place(process);
    }
  }

  #decide(process: ContainerSubject, parent: ContainerSubject | undefined, parentKey: string | null): string | null {
    if (process.kernelThread) return null;
    const mounts = mountNamespace(process.ns);
    const onHostMounts = mounts !== null && mounts === mountNamespace(this.#hostNs);
    const path = this.#ofCgroup(process.cgroup);
    if (!path && parentKey === null && onHostMounts) return null;
    if (!onHostMounts) {
      const known = mounts === null ? undefined : this.#byMount.get(mounts);
      if (known !== undefined) return known;
      const started = (parent && sightingOfStarter(process, parent)) ?? this.#runtimes.find(process) ?? sightingOfInit(process, this.#hostNs);
      if (started) return this.#register(process, parent, parentKey, this.#merge(started, path, process), path);
    }
    // a sandbox's scope holds its outer processes too; a container's cgroup holds nothing else
    if (path && !(onHostMounts && (path.engine === 'flatpak' || path.engine === 'systemd-nspawn'))) return this.#register(process, parent, parentKey, path, path);
    // what left both the container's files and its processes (nsenter to the host) is out
    const outside = onHostMounts && pidNamespace(process.ns) === pidNamespace(this.#hostNs);
    return outside ? null : parentKey;
  }

  /** One answer from the process tree and the cgroup path of a container's first process. */
  #merge(started: Sighting, path: Sighting | null, process: ContainerSubject): Sighting {
    if (started.engine === 'bubblewrap' && path?.engine === 'flatpak') return { ...started, engine: 'flatpak', name: path.name };
    if (started.scope !== null && started.directory !== null && (started.engine === 'containerd' || started.engine === 'docker')) {
      const id = path?.id ?? this.#idInBundles(started.directory, started.id, process);
      return { ...started, id, podUid: path?.podUid ?? null, rootless: started.rootless ?? path?.rootless ?? null };
    }
    const same = path !== null && (path.engine === started.engine || (path.engine === 'unknown' && path.id === started.id));
    return same ? { ...started, podUid: path.podUid, name: started.name ?? path.name, rootless: started.rootless ?? path.rootless } : started;
  }

  /** A shim is called by its first container; it may have started others, each with a bundle beside that one's. */
  #idInBundles(directory: string, given: string | null, process: ContainerSubject): string | null {
    const siblings = this.#files.list(`${directory}/..`);
    const ids = 'value' in siblings ? [...(given === null ? [] : [given]), ...siblings.value.filter((id) => id !== given)] : [];
    for (const id of ids.slice(0, 1000)) {
      if (!isPathSafe(id)) continue;
      const pid = this.#files.text(`${directory}/../${id}/init.pid`, (text) => Number(text));
      if ('value' in pid && (process.nsPids ?? [process.pid]).includes(pid.value)) return id;
    }
    return given;
  }

  #register(process: ContainerSubject, parent: ContainerSubject | undefined, parentKey: string | null, sighting: Sighting, path: Sighting | null): string {
    const byPath = path && nameOf(path, null);
    const alias = byPath === null ? undefined : this.#aliases.get(byPath);
    const key = sighting === path ? alias ?? nameOf(sighting, null) : nameOf(sighting, process);
    if (byPath !== null && sighting !== path && path?.engine === sighting.engine) this.#aliases.set(byPath, key);
    const known = this.#sightings.get(key);
    if (!known) this.#grew = true;
    // the first process tells more than a cgroup path did before
    if (!known || (known.init === null && sighting.init !== null)) this.#sightings.set(key, { ...known, ...sighting });
    const mounts = mountNamespace(process.ns);
    // the runtime's own helper is in the cgroup before it is in the container: then it still has its parent's mounts
    const ownMounts = mounts !== null && mounts !== mountNamespace(this.#hostNs) && parent !== undefined && mountNamespace(parent.ns) !== null && (mountNamespace(parent.ns) !== mounts || parentKey === key);
    if (ownMounts) this.#byMount.set(mounts, key);
    return key;
  }

  #ofCgroup(path: string | null): Sighting | null {
    if (path === null || path === '/') return null;
    let sighting = this.#ofPath.get(path);
    if (sighting === undefined) {
      if (this.#ofPath.size >= MAX_PATHS) this.#ofPath.clear();
      sighting = sightingOfCgroup(path);
      this.#ofPath.set(path, sighting);
    }
    return sighting;
  }

  #enter(process: ContainerSubject, key: string | null, touched: Set<string>): void {
    const { pid, start } = process;
    const old = this.#placed.get(pid);
    if (old?.key !== key) {
      this.#leave(pid, touched);
      if (key !== null) {
        const members = this.#members.get(key);
        if (members) members.add(pid);
        else this.#members.set(key, new Set([pid]));
      }
    }
    const told = process.cmdline !== null;
    if (old?.start !== start || old.key !== key || old.told !== told) this.#placed.set(pid, { start, key, told });
    const mounts = mountNamespace(process.ns);
    if (key === null && mounts !== null && mounts !== mountNamespace(this.#hostNs)) {
      this.#unresolved.add(pid);
    } else {
      this.#unresolved.delete(pid);
    }
  }

  #leave(pid: number, touched: Set<string>): void {
    const key = this.#placed.get(pid)?.key;
    if (key == null) return;
    this.#members.get(key)?.delete(pid);
    touched.add(key);
  }

  #forget(pid: number, touched: Set<string>): void {
    this.#leave(pid, touched);
    this.#placed.delete(pid);
    this.#unresolved.delete(pid);
  }

  #drop(key: string): void {
    this.#members.delete(key);
    this.#sightings.delete(key);
    for (const [mounts, of] of this.#byMount) if (of === key) this.#byMount.delete(mounts);
    for (const [path, of] of this.#aliases) if (of === key) this.#aliases.delete(path);
  }
}

/** A container's key: its full ID, which is random; else the first process; else what the cgroup path calls it. */
function nameOf(sighting: Sighting, first: ContainerSubject | null): string {
  if (sighting.id !== null && FULL_ID.test(sighting.id)) return sighting.id;
  if (first) return `${first.pid}@${first.start}`;
  return `${sighting.engine}:${sighting.scope ?? sighting.name ?? sighting.id}`;
}
