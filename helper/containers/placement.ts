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
  readonly mounts: number | null;
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
  /** Mount namespaces of containers, as long as a process is in them: their inodes are reused. */
  readonly #byMount = new Map<number, { readonly key: string; readonly pids: Set<number> }>();
  /** What a cgroup path alone would be called → the container that its first process turned out to be in. */
  readonly #aliases = new Map<string, string>();
  /** Processes in a mount namespace of their own that is no container's so far. */
  readonly #unresolved = new Set<number>();
  #hostNs: readonly (number | null)[] = [];
  #all: ReadonlyMap<number, ContainerSubject> = new Map();
  /** The mount namespace of the process that is being placed, when it is found to be a container's. */
  #claimed: number | null = null;
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
    for (const process of changed) {
      const old = this.#placed.get(process.pid);
      if (old && old.start !== process.start) this.#forget(process.pid, touched);
      // a runtime whose state is not in the usual place is known by its command line while it runs
      const root = process.comm === 'runc' ? optionOf(process.cmdline ?? [], ['--root']) : null;
      if (root !== null) this.#runtimes.addRoot(root);
      if (old?.start === process.start && !old.told && process.cmdline !== null && isStarter(process)) this.#again = true;
    }
    const fresh = new Set(changed.map((process) => process.pid));
    const answers = new Map<number, string | null>();
    const place = (process: ContainerSubject): void => this.#place(process, fresh, answers, touched);
    for (const process of changed) if (fresh.has(process.pid)) place(process);
    if (this.#unresolved.size > 0 && (this.#runtimes.refresh() || this.#grew)) this.#retry(fresh, place);
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

  /** Places a process, and before it those of its ancestors that are due: a loop, since process trees may be deeper than our stack. */
  #place(process: ContainerSubject, fresh: Set<number>, answers: Map<number, string | null>, touched: Set<string>): void {
    const chain: ContainerSubject[] = [];
    let at: ContainerSubject | undefined = process;
    // a torn reading can give a loop of parents
    while (at && (fresh.delete(at.pid) || !this.#placed.has(at.pid)) && chain.length <= this.#all.size) {
      chain.push(at);
      at = at.ppid > 0 ? this.#all.get(at.ppid) : undefined;
    }
    for (let one = chain.pop(); one; one = chain.pop()) {
      const parent = one.ppid > 0 ? this.#all.get(one.ppid) : undefined;
      this.#claimed = null;
      const key = this.#decide(one, parent, (parent && this.#placed.get(parent.pid)?.key) ?? null);
      const old = this.#placed.get(one.pid);
      if (old && old.key !== key) this.#again = true;
      this.#enter(one, key, touched);
      answers.set(one.pid, key);
    }
  }

  /** New containers may explain processes that nothing explained so far. */
  #retry(fresh: Set<number>, place: (process: ContainerSubject) => void): void {
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
      if (known !== undefined) return known.key;
      const parentIsFirst = parentKey !== null && this.#sightings.get(parentKey)?.init === parent?.pid;
      const started = (parent && sightingOfStarter(process, parent, parentIsFirst)) ?? this.#runtimes.find(process) ?? sightingOfInit(process, this.#hostNs);
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
    // the first process tells more than a cgroup path did before; and a container that was started again has another
    if (!known || (sighting.init !== null && (known.init === null || !this.members(key).has(known.init)))) this.#sightings.set(key, { ...known, ...sighting });
    const mounts = mountNamespace(process.ns);
    // the runtime's own helper is in the cgroup before it is in the container: then it still has its parent's mounts
    const stillParents = parent !== undefined && mountNamespace(parent.ns) === mounts && parentKey !== key;
    if (mounts !== null && mounts !== mountNamespace(this.#hostNs) && !stillParents) this.#claimed = mounts;
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
    const mounts = mountNamespace(process.ns);
    if (old && old.mounts !== mounts) this.#unmount(pid, old.mounts);
    if (old?.start !== start || old.key !== key || old.told !== told || old.mounts !== mounts) this.#placed.set(pid, { start, key, told, mounts });
    if (key !== null && mounts !== null) {
      if (this.#claimed === mounts) this.#byMount.set(mounts, { key, pids: new Set([pid]) });
      else if (this.#byMount.get(mounts)?.key === key) this.#byMount.get(mounts)?.pids.add(pid);
    }
    if (key === null && mounts !== null && mounts !== mountNamespace(this.#hostNs)) {
      this.#unresolved.add(pid);
    } else {
      this.#unresolved.delete(pid);
    }
  }

  #leave(pid: number, touched: Set<string>): void {
    const old = this.#placed.get(pid);
    if (old?.key == null) return;
    this.#members.get(old.key)?.delete(pid);
    touched.add(old.key);
    this.#unmount(pid, old.mounts);
  }

  #unmount(pid: number, mounts: number | null): void {
    const container = mounts === null ? undefined : this.#byMount.get(mounts);
    if (mounts === null || !container?.pids.delete(pid) || container.pids.size > 0) return;
    this.#byMount.delete(mounts);
  }

  #forget(pid: number, touched: Set<string>): void {
    this.#leave(pid, touched);
    this.#placed.delete(pid);
    this.#unresolved.delete(pid);
  }

  #drop(key: string): void {
    this.#members.delete(key);
    this.#sightings.delete(key);
    for (const [mounts, of] of this.#byMount) if (of.key === key) this.#byMount.delete(mounts);
    for (const [path, of] of this.#aliases) if (of === key) this.#aliases.delete(path);
  }
}

/** A container's key: its full ID, which is random; else the first process; else what the cgroup path calls it. */
function nameOf(sighting: Sighting, first: ContainerSubject | null): string {
  if (sighting.id !== null && FULL_ID.test(sighting.id)) return sighting.id;
  if (first) return `${first.pid}@${first.start}`;
  return `${sighting.engine}:${sighting.scope ?? sighting.name ?? sighting.id}`;
}
