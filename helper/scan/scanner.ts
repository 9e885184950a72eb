import type { Container, NsType, Part, Phase, ScanStatus } from '../protocol.ts';
import { NS_TYPES } from '../protocol.ts';
import { isErrno } from '../kernel/errno.ts';
import { CpuClock, cpuSince } from './cpuClock.ts';
import type { Entry } from './entry.ts';
import { Gate } from './gate.ts';
import { NamespaceTable } from './namespaceTable.ts';
import { OwnMounts } from './ownMounts.ts';
import { cutIntoParts } from './parts.ts';
import { ProcessTable } from './processTable.ts';
import { ProcFs } from './procFs.ts';
import { Rotation } from './rotation.ts';
import { slowScan } from './slowScan.ts';
import type { Sources } from './sources.ts';
import type { Tracked } from './tracked.ts';

const MNT = NS_TYPES.indexOf('mnt');
/** Ticks in which a new process is read each time: it forks, then unshares, then runs another program. */
const FRESH_TICKS = 3;
/** Ticks in which it is read again often. */
const YOUNG_TICKS = 10;
/** In so many ticks every process and every namespace is read again. */
const ROUND = 12;
/** At each so many-th visit the rotation reads status, cgroup, cmdline and threads too. */
const DETAILS_EVERY = 5;
/** Most processes of focused namespaces that are read in one tick. */
const MOST_FOCUSED = 200;

/** What a person looks at: it is read again on every tick. */
export interface Focus {
  readonly pids: readonly number[];
  /** Namespace keys. */
  readonly namespaces: readonly string[];
}

export interface ScannerOptions {
  /** Where the /proc file system is (a recorded tree, in tests). */
  readonly root?: string;
}

/**
 * Reads which processes and namespaces a host has, and keeps up with them: first everything, then tick by tick what may have
 * changed. Knows nothing of who asks. The generators do the same as the plain methods and yield often, so that a server can
 * answer in between; only one of them may be under way at a time.
 */
export class Scanner {
  readonly #proc: ProcFs;
  readonly #sources: Sources;
  readonly #processes: ProcessTable;
  readonly #namespaces: NamespaceTable;
  readonly #containers = new Map<string, Container>();
  readonly #gate: Gate;
  readonly #ownMounts: OwnMounts;
  readonly #processRound: Rotation<Tracked>;
  readonly #namespaceRound: Rotation<Entry>;
  /** Pids of processes that ended since their descriptors were last released, and since containers were last read. */
  readonly #holdersEnded = new Set<number>();
  readonly #membersEnded = new Set<number>();
  #young: Tracked[] = [];
  #focusRound: { key: string; rotation: Rotation<number> } | undefined;
  #changedContainers = new Set<string>();
  #endedContainers: string[] = [];
  #phases: Record<keyof ScanStatus['phases'], Phase>;
  #cpuMs = 0;
  #at = 0;

  constructor(sources: Sources, options: ScannerOptions = {}) {
    this.#sources = sources;
    this.#proc = new ProcFs(options.root);
    this.#namespaces = new NamespaceTable(sources, this.#proc.root);
    this.#processes = new ProcessTable(this.#proc, this.#namespaces, (pid) => {
      this.#holdersEnded.add(pid);
      this.#membersEnded.add(pid);
    });
    this.#gate = new Gate(this.#proc);
    this.#ownMounts = new OwnMounts(this.#proc);
    this.#processRound = new Rotation(() => [...this.#processes.all.values()].filter((process) => !process.kernelThread));
    this.#namespaceRound = new Rotation(() => this.#namespaces.entries());
    this.#phases = {
      identity: 'pending', details: 'pending', relations: sources.relations === true ? 'pending' : sources.relations,
      descriptors: 'pending', mounts: 'pending', sockets: 'pending', containers: 'pending',
    };
  }

  get status(): ScanStatus {
    return { phases: { ...this.#phases }, processes: this.#processes.all.size, unreadable: this.#processes.unreadable, cpuMs: this.#cpuMs, at: this.#at };
  }

  /** Processes and namespaces as last read. */
  get processes(): ReadonlyMap<number, Tracked> { return this.#processes.all; }

  /** The live namespace with this key, and a path that opens it now. */
  find(key: string): Entry | undefined {
    const [type, inode] = key.split(':');
    const entry = this.#namespaces.get(`${type as NsType}:${Number(inode)}`);
    return entry?.key === key ? entry : undefined;
  }
  namespaces(): IterableIterator<Entry> { return this.#namespaces.entries(); }

  /** Reads links and stat of every process. */
  *identity(): Generator<undefined, void> {
    const clock = this.#begin();
    const pids = this.#proc.pids();
    if (isErrno(pids)) {
      this.#phases.identity = pids;
      return;
    }
    this.#gate.pass();
    this.#endMissing(pids);
    for (const pid of pids) {
      this.#processes.read(pid);
      if (!clock.slice()) continue;
      this.#processes.leave();
      yield;
      clock.resume();
    }
    this.#processes.leave();
    this.#releaseEnded();
    this.#namespaces.settle(this.#processes.tick);
    this.#readOwnMounts();
    this.#phases.identity = 'complete';
    if (this.#sources.relations === true) this.#phases.relations = 'complete';
    this.#end(clock);
  }

  /** Reads status, cgroup and cmdline of every process (or of those that lack them), and what follows: containers. */
  *details(all: boolean): Generator<undefined, void> {
    const clock = this.#begin();
    for (const process of [...this.#processes.all.values()]) {
      if ((process.hasDetails && !all) || this.#processes.all.get(process.pid) !== process) continue;
      this.#processes.readDetails(process);
      if (!clock.slice()) continue;
      yield;
      clock.resume();
    }
    this.#phases.details = 'complete';
    this.#readContainers(true);
    this.#end(clock);
  }

  /** Reads threads, descriptors, mounts of all mount namespaces, and sockets. */
  *holders(): Generator<undefined, void> {
    Object.assign(this.#phases, yield* slowScan(this.#processes, this.#namespaces, this.#sources, this.#mountWitness, () => this.#readNew(), () => this.#ownProcess()?.ns[MNT] ?? null));
    for (const entry of this.#namespaces.entries()) {
      this.#namespaces.verify(entry, this.#processes.tick);
      yield;
    }
    this.#namespaces.settle(this.#processes.tick);
    this.#at = Date.now();
  }

  /** Reads everything, at once. */
  full(): void {
    const before = process.cpuUsage();
    for (const generator of [this.identity(), this.details(true), this.holders()]) while (!generator.next().done);
    this.#cpuMs = cpuSince(before);
  }

  /** Reads again what may have changed; the answer is what did change, nothing being the usual case. */
  tick(focus: Focus): Part[] {
    const clock = this.#begin();
    const toRead = new Map<number, Tracked | null>();
    const { moved, givenOut } = this.#gate.pass();
    const pids = moved ? this.#proc.pids() : [];
    if (!isErrno(pids) && moved) {
      this.#endMissing(pids);
      for (const pid of pids) {
        const known = this.#processes.all.get(pid);
        if (!known || givenOut(pid)) toRead.set(pid, known ?? null);
      }
    }
    this.#addYoung(toRead);
    this.#addFocused(focus, toRead);
    for (const process of this.#processRound.next(ROUND)) {
      if (this.#processes.all.get(process.pid) !== process) continue;
      toRead.set(process.pid, process);
      if (++process.visits % DETAILS_EVERY === 0) process.hasDetails = false;
    }
    for (const [pid, known] of toRead) {
      this.#processes.read(pid);
      const process = this.#processes.all.get(pid);
      if (!process) continue;
      if (process !== known) this.#young.push(process);
      if (process.hasDetails) continue;
      this.#processes.readDetails(process);
      if (!process.kernelThread) this.#processes.readThreads(process);
    }
    this.#processes.leave();
    this.#readOwnMounts();
    this.#verifyNamespaces(focus);
    this.#releaseEnded();
    this.#namespaces.settle(this.#processes.tick);
    this.#readContainers(false);
    this.#end(clock);
    return this.changes();
  }

  /** What is new, changed or ended since the last call of this or of `snapshot`, in messages of bounded size. */
  changes(): Part[] {
    const processes = this.#processes.take();
    const namespaces = this.#namespaces.take();
    const containers = [...this.#changedContainers].flatMap((key) => this.#containers.get(key) ?? []);
    const endedContainers = this.#endedContainers;
    this.#changedContainers = new Set();
    this.#endedContainers = [];
    return cutIntoParts({
      endedProcesses: processes.ended, endedNamespaces: namespaces.ended, endedContainers,
      containers, namespaces: namespaces.changed, processes: processes.changed,
    });
  }

  /** Everything as last read; whoever has it needs only `changes` from then on. */
  snapshot(): Part[] {
    this.changes();
    return cutIntoParts({
      endedProcesses: [], endedNamespaces: [], endedContainers: [], containers: [...this.#containers.values()],
      namespaces: [...this.#namespaces.entries()].map((entry) => this.#namespaces.toNamespace(entry)),
      processes: [...this.#processes.all.values()],
    });
  }

  /** Reads processes that came since the last reading. */
  #readNew(): void {
    const pids = this.#proc.pids();
    if (isErrno(pids)) return;
    for (const pid of pids) {
      if (this.#processes.all.has(pid)) continue;
      this.#processes.read(pid);
      const process = this.#processes.all.get(pid);
      if (process) this.#young.push(process);
    }
    this.#processes.leave();
  }

  /** What a process had open is closed when it has ended. */
  #releaseEnded(): void {
    if (this.#holdersEnded.size > 0) this.#namespaces.release(this.#holdersEnded);
    this.#holdersEnded.clear();
  }

  #endMissing(pids: readonly number[]): void {
    const there = new Set(pids);
    for (const pid of [...this.#processes.all.keys()]) if (!there.has(pid)) this.#processes.end(pid);
  }

  #addYoung(toRead: Map<number, Tracked | null>): void {
    const now = this.#processes.tick;
    this.#young = this.#young.filter((process) => now - process.since <= YOUNG_TICKS && this.#processes.all.get(process.pid) === process);
    const fresh = this.#young.filter((process) => now - process.since <= FRESH_TICKS);
    const older = this.#young.length - fresh.length;
    // after a storm of forks the older ones take turns, so that a tick stays a tick
    const most = Math.max(32, Math.ceil(this.#processes.all.size / 20));
    for (const process of fresh) toRead.set(process.pid, process);
    for (let i = 0; i < Math.min(most, older); i++) {
      const process = this.#young[(now * most + i) % older];
      if (process) toRead.set(process.pid, process);
    }
  }

  #addFocused(focus: Focus, toRead: Map<number, Tracked | null>): void {
    for (const pid of focus.pids) {
      const process = this.#processes.all.get(pid);
      if (process) toRead.set(pid, process);
    }
    const key = focus.namespaces.join('\n');
    if (this.#focusRound?.key !== key) this.#focusRound = { key, rotation: new Rotation(() => this.#membersOf(focus.namespaces)) };
    const { rotation } = this.#focusRound;
    const members = rotation.next(1);
    for (const pid of members.slice(0, MOST_FOCUSED)) {
      const process = this.#processes.all.get(pid);
      if (process && !process.kernelThread) toRead.set(pid, process);
    }
  }

  #membersOf(keys: readonly string[]): Set<number> {
    const pids = new Set<number>();
    for (const key of keys) for (const tuple of this.find(key)?.tuples ?? []) for (const pid of tuple.members) pids.add(pid);
    return pids;
  }

  #verifyNamespaces(focus: Focus): void {
    const now = this.#processes.tick;
    const due = new Set<Entry>(this.#namespaceRound.next(ROUND * 2));
    for (const key of focus.namespaces) {
      const entry = this.find(key);
      if (entry) due.add(entry);
    }
    for (const entry of this.#namespaces.entries()) {
      // maps and names are written soon after a namespace was made
      if (now - entry.since <= YOUNG_TICKS && now > entry.since && due.size < MOST_FOCUSED && (entry.facts.type === 'user' || entry.facts.type === 'uts' || !entry.resolved)) due.add(entry);
    }
    for (const entry of due) if (this.#namespaces.get(entry.name) === entry) this.#namespaces.verify(entry, now);
  }

  #readOwnMounts(): void {
    const own = this.#ownProcess();
    const inode = own?.ns[MNT] ?? null;
    const refs = this.#ownMounts.changed(inode, inode === null ? null : this.#mountWitness(inode) ?? null);
    if (refs) this.#namespaces.hold(refs, (held) => held.kind === 'bind mount' && held.mountNamespace === inode && (held.pid !== null || inode === null), this.#processes.tick);
  }

  #ownProcess(): Tracked | undefined {
    return this.#processes.all.get(Number(this.#proc.link('self')));
  }

  /** For the own mount namespace: its eldest process that has the same root directory as we, so that paths read the same. */
  readonly #mountWitness = (inode: number): number | undefined => {
    const own = this.#ownProcess();
    if (!own || own.ns[MNT] !== inode) return undefined;
    const others = [...this.#processes.all.values()].filter((process) => process.ns[MNT] === inode && !process.kernelThread && process.state !== 'Z').slice(0, 5);
    return others.find((process) => this.#proc.link(`${process.pid}/root`) === '/')?.pid ?? own.pid;
  };

  #readContainers(all: boolean): void {
    if (this.#phases.details === 'pending') return;
    const changed = all ? [...this.#processes.all.values()] : [...this.#processes.pending];
    const ended = [...this.#membersEnded].filter((pid) => !this.#processes.all.has(pid));
    this.#membersEnded.clear();
    if (changed.length > 0 || ended.length > 0) {
      const host = (this.#processes.all.get(1) ?? this.#ownProcess())?.ns ?? [];
      const found = this.#sources.containers(changed, ended, host, this.#processes.all);
      for (const [pid, key] of found.of) {
        const process = this.#processes.all.get(pid);
        if (!process || process.container === key) continue;
        process.container = key;
        this.#processes.touch(process);
      }
      for (const container of found.containers) {
        this.#containers.set(container.key, container);
        this.#changedContainers.add(container.key);
      }
      for (const key of found.ended) if (this.#containers.delete(key)) this.#endedContainers.push(key);
    }
    this.#phases.containers = 'complete';
  }

  #begin(): CpuClock {
    this.#processes.tick++;
    return new CpuClock();
  }

  #end(clock: CpuClock): void {
    this.#cpuMs = clock.total();
    this.#at = Date.now();
  }
}
