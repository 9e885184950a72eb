import type { Errno, NsLink, Thread } from '../protocol.ts';
import { NS_LINKS } from '../protocol.ts';
import { isErrno } from '../kernel/errno.ts';
import { parseCgroup } from './cgroup.ts';
import { MOST_CMDLINE_BYTES, parseCmdline } from './cmdline.ts';
import { hostText } from './hostText.ts';
import type { NamespaceTable } from './namespaceTable.ts';
import type { ProcFs } from './procFs.ts';
import { parseStat } from './stat.ts';
import { parseStatus } from './status.ts';
import { Tracked } from './tracked.ts';
import { readLinks, Tuple } from './tuple.ts';

/** A process that was there before a reading and is gone, or whose pid another one has now. */
const GONE: ReadonlySet<Errno> = new Set<Errno>(['ENOENT', 'ESRCH']);
/** States of a process that has ended or stands still; the others change from moment to moment and are no news by themselves. */
const LASTING_STATES = 'ZXTt';

/** The processes of the host, as last read, and who shares which tuple. Tells the namespace table which tuples come and go. */
export class ProcessTable {
  readonly #proc: ProcFs;
  readonly #namespaces: NamespaceTable;
  readonly #onEnd: (pid: number) => void;
  readonly #processes = new Map<number, Tracked>();
  readonly #tuples = new Map<string, Tuple>();
  readonly #absent: ReadonlySet<NsLink>;
  #changed = new Set<Tracked>();
  #ended: (readonly [number, string])[] = [];
  /** Number of the reading that is going on; `Tracked.since` and `Entry.since` are such numbers. */
  tick = 0;

  /** @param onEnd called with the pid of each process that is gone */
  constructor(proc: ProcFs, namespaces: NamespaceTable, onEnd: (pid: number) => void) {
    this.#proc = proc;
    this.#onEnd = onEnd;
    this.#namespaces = namespaces;
    const own = proc.list('self/ns');
    this.#absent = isErrno(own) ? new Set() : new Set(NS_LINKS.filter((link) => !own.includes(link)));
  }

  get all(): ReadonlyMap<number, Tracked> { return this.#processes; }
  get absentLinks(): ReadonlySet<NsLink> { return this.#absent; }
  get unreadable(): number {
    let count = 0;
    for (const tuple of this.#tuples.values()) if (tuple.unread.ns) count += tuple.members.size;
    return count;
  }

  /** Reads links and stat of one process: new, known, gone, or another one with the same pid. To be followed by `leave`. */
  read(pid: number): void {
    const refused = this.#proc.enter(`${pid}/ns`);
    const stat = refused === null ? this.#proc.hereRead('../stat') : this.#proc.read(`${pid}/stat`);
    if (stat.errno !== null && GONE.has(stat.errno)) {
      this.end(pid);
      return;
    }
    const parsed = stat.errno === null ? parseStat(stat.text) : null;
    const raw = refused === null ? readLinks(this.#proc, this.#absent) : `!${refused}`;
    let known = this.#processes.get(pid);
    if (known && known.start !== (parsed?.start ?? '')) {
      this.end(pid);
      known = undefined;
    }
    if (!known) {
      known = new Tracked(pid, parsed?.start ?? '', this.#tuple(raw), this.tick);
      this.#processes.set(pid, known);
      this.#join(known, known.tuple);
      this.#changed.add(known);
    } else if (known.tuple.raw !== raw) {
      // enter before leaving: what both tuples have in common was held all the time
      const before = known.tuple;
      known.tuple = this.#tuple(raw);
      this.#join(known, known.tuple);
      this.#part(pid, before);
      known.hasDetails = false; // who enters a namespace often changes its uid or cgroup as well
      this.#changed.add(known);
    }
    if (known.fail('stat', stat.errno ?? (parsed ? null : 'EFORMAT'))) this.#changed.add(known);
    if (!parsed) return;
    if (known.comm !== parsed.comm || known.ppid !== parsed.ppid) {
      if (known.comm !== parsed.comm) known.hasDetails = false; // it ran another program
      known.comm = parsed.comm;
      known.ppid = parsed.ppid;
      this.#changed.add(known);
    }
    if (known.state !== parsed.state && (LASTING_STATES.includes(known.state) || LASTING_STATES.includes(parsed.state))) this.#changed.add(known);
    known.state = parsed.state;
    known.kernelThread = parsed.kernelThread;
    known.threadCount = parsed.threads;
    if (this.#namespaces.initial.witness(known)) this.#namespaces.touchAll();
  }

  /** Reads status, cgroup and cmdline. */
  readDetails(process: Tracked): void {
    const { pid } = process;
    process.hasDetails = true;
    const status = this.#proc.read(`${pid}/status`);
    const parsed = status.errno === null ? parseStatus(status.text) : null;
    const cgroup = this.#proc.read(`${pid}/cgroup`);
    const path = cgroup.errno === null ? parseCgroup(cgroup.text) : process.cgroup;
    // a kernel thread has none, and a zombie's is gone
    const bare = process.kernelThread || process.state === 'Z';
    const cmdline = bare ? null : this.#proc.read(`${pid}/cmdline`, MOST_CMDLINE_BYTES);
    const args = bare ? [] : cmdline?.errno === null ? parseCmdline(cmdline.text) : process.cmdline;
    let changed = process.fail('status', status.errno ?? (parsed ? null : 'EFORMAT'));
    changed = process.fail('cgroup', cgroup.errno) || changed;
    changed = process.fail('cmdline', cmdline?.errno ?? null) || changed;
    if (parsed && (process.uid !== parsed.uid || process.euid !== parsed.euid || !sameList(process.nsPids, parsed.nsPids))) {
      process.uid = parsed.uid;
      process.euid = parsed.euid;
      process.nsPids = parsed.nsPids;
      changed = true;
    }
    if (process.cgroup !== path) {
      process.cgroup = path;
      changed = true;
    }
    if (!sameList(process.cmdline, args)) {
      process.cmdline = args;
      changed = true;
    }
    if (changed) this.#changed.add(process);
  }

  /** Nothing more is read for now: no directory of a process is kept busy. */
  leave(): void { this.#proc.leave(); }

  /** Reads the threads of a process and keeps those whose links differ from their leader's. To be followed by `leave`. */
  readThreads(process: Tracked): void {
    if (process.threadCount <= 1 && process.threads.length === 0) return;
    const names = this.#proc.list(`${process.pid}/task`);
    let changed = process.fail('task', isErrno(names) ? names : null);
    const threads: Thread[] = [];
    const tuples: Tuple[] = [];
    if (!isErrno(names)) {
      for (const name of names) {
        const tid = Number(name);
        if (tid === process.pid) continue;
        const refused = this.#proc.enter(`${process.pid}/task/${name}/ns`);
        const raw = refused === null ? readLinks(this.#proc, this.#absent) : `!${refused}`;
        if (raw === process.tuple.raw) continue;
        const tuple = this.#tuple(raw);
        // one that ended meanwhile has none of them left
        if (tuple.unread.ns) {
          this.#forgetUnused(tuple);
          continue;
        }
        const comm = this.#proc.read(`${process.pid}/task/${name}/comm`);
        threads.push({ tid, comm: hostText((comm.text ?? '').replace(/\n$/, '')), ns: tuple.ns });
        tuples.push(tuple);
      }
    }
    changed ||= threads.length !== process.threads.length
      || threads.some((thread, i) => thread.tid !== process.threads[i]?.tid || thread.comm !== process.threads[i].comm || tuples[i] !== process.threadTuples[i]);
    if (!changed) return;
    const before = process.threads.map((thread, i) => ({ thread, tuple: process.threadTuples[i] }));
    for (const [i, tuple] of tuples.entries()) this.#joinThread(`${process.pid}/${threads[i]?.tid}`, tuple);
    process.threads = threads;
    process.threadTuples = tuples;
    for (const { thread, tuple } of before) {
      const stays = threads.findIndex((now, i) => now.tid === thread.tid && tuples[i] === tuple) >= 0;
      if (tuple && !stays) this.#partThread(`${process.pid}/${thread.tid}`, tuple);
    }
    this.#changed.add(process);
  }

  /** Forgets a process that is gone. */
  end(pid: number): void {
    const process = this.#processes.get(pid);
    if (!process) return;
    this.#processes.delete(pid);
    this.#changed.delete(process);
    this.#ended.push([pid, process.start]);
    this.#onEnd(pid);
    this.#part(pid, process.tuple);
    for (const [i, thread] of process.threads.entries()) {
      const tuple = process.threadTuples[i];
      if (tuple) this.#partThread(`${pid}/${thread.tid}`, tuple);
    }
  }

  touch(process: Tracked): void { this.#changed.add(process); }
  get pending(): ReadonlySet<Tracked> { return this.#changed; }

  /** Processes that are new or changed, and those that ended, since the last call. */
  take(): { changed: Tracked[]; ended: (readonly [number, string])[] } {
    const taken = { changed: [...this.#changed], ended: this.#ended };
    this.#changed = new Set();
    this.#ended = [];
    return taken;
  }

  #tuple(raw: string): Tuple {
    let tuple = this.#tuples.get(raw);
    if (!tuple) this.#tuples.set(raw, tuple = new Tuple(raw));
    return tuple;
  }

  #join(process: Tracked, tuple: Tuple): void {
    const isNew = tuple.unused;
    tuple.members.add(process.pid);
    if (isNew) this.#namespaces.enter(tuple, this.tick);
  }

  #joinThread(thread: string, tuple: Tuple): void {
    const isNew = tuple.unused;
    tuple.threads.add(thread);
    if (isNew) this.#namespaces.enter(tuple, this.tick);
  }

  #part(pid: number, tuple: Tuple): void {
    tuple.members.delete(pid);
    this.#leaveUnused(tuple);
  }

  #partThread(thread: string, tuple: Tuple): void {
    tuple.threads.delete(thread);
    this.#leaveUnused(tuple);
  }

  #leaveUnused(tuple: Tuple): void {
    if (!tuple.unused) return;
    this.#namespaces.leave(tuple);
    this.#tuples.delete(tuple.raw);
  }

  #forgetUnused(tuple: Tuple): void {
    if (tuple.unused) this.#tuples.delete(tuple.raw);
  }
}

function sameList<T>(a: readonly T[] | null, b: readonly T[] | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a.length === b.length && a.every((value, i) => value === b[i]);
}
