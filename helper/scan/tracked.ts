import type { Errno, Process, ProcessField, Thread, WireProcess } from '../protocol.ts';
import type { Tuple } from './tuple.ts';

/** A process as the scanner keeps it from tick to tick. Its shape is that of `Process`, so that others can read it as one. */
export class Tracked implements Process {
  readonly pid: number;
  readonly start: string;
  tuple: Tuple;
  ppid = 0;
  comm = '';
  state = '';
  kernelThread = false;
  /** Number of its threads, from stat. */
  threadCount = 1;
  uid: number | null = null;
  euid: number | null = null;
  cmdline: readonly string[] | null = null;
  nsPids: readonly number[] | null = null;
  cgroup: string | null = null;
  container: string | null = null;
  threads: readonly Thread[] = [];
  /** Tuples of `threads`, in the same order. */
  threadTuples: readonly Tuple[] = [];
  /** Why fields other than links are missing. */
  failed: Partial<Record<ProcessField, Errno>> = {};
  /** Were status, cgroup and cmdline read (or tried) yet? */
  hasDetails = false;
  /** The tick it was first seen in. */
  readonly since: number;
  /** How often the rotation came by. */
  visits = 0;

  constructor(pid: number, start: string, tuple: Tuple, since: number) {
    this.pid = pid;
    this.start = start;
    this.tuple = tuple;
    this.since = since;
  }

  get ns(): readonly (number | null)[] { return this.tuple.ns; }
  get unread(): Process['unread'] { return { ...this.failed, ...this.tuple.unread }; }

  /** Notes why a field is missing, or that it is not. True when that is news. */
  fail(field: ProcessField, errno: Errno | null): boolean {
    const old = this.failed[field] ?? null;
    if (old === errno) return false;
    const failed = Object.entries(this.failed).filter(([name]) => name !== field);
    if (errno !== null) failed.push([field, errno]);
    this.failed = Object.fromEntries(failed);
    return true;
  }

  /** As it goes over the wire. @param tuple index of its tuple in the message's `tuples` */
  toWire(tuple: number): WireProcess {
    const { pid, start, ppid, comm, state, kernelThread, uid, euid, cmdline, nsPids, cgroup, container, threads, unread } = this;
    return { pid, start, ppid, comm, state, kernelThread, ns: tuple, uid, euid, cmdline, nsPids, cgroup, container, threads, unread };
  }
}
