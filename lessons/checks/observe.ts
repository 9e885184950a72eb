import type { Diagnostic } from '../../simulator/c/diagnostic.ts';
import { errnoName, isErr } from '../../simulator/kernel/errno.ts';
import type { Listing } from '../../simulator/kernel/listing.ts';
import { mnt_namespace } from '../../simulator/kernel/mnt.ts';
import type { mount } from '../../simulator/kernel/mount.ts';
import { net } from '../../simulator/kernel/net.ts';
import { ns_common } from '../../simulator/kernel/ns_common.ts';
import { nsproxy } from '../../simulator/kernel/nsproxy.ts';
import { pid } from '../../simulator/kernel/pid.ts';
import { task_struct } from '../../simulator/kernel/task.ts';
import type { RunningCall } from '../../simulator/kernel/task.ts';
import { Table } from '../../simulator/kernel/trace.ts';
import type { TraceEvent } from '../../simulator/kernel/trace.ts';
import { user_namespace } from '../../simulator/kernel/user.ts';
import { uts_namespace } from '../../simulator/kernel/uts.ts';
import { decode } from '../../simulator/kernel/text.ts';
import type { Version } from '../../simulator/kernel/version.ts';
import type { SystemFiles } from '../../simulator/run/options.ts';
import { Session } from '../../simulator/run/session.ts';
import type { Run } from './lesson.ts';

/** A system call that the program, or what it started, made. `error`: `EPERM`, or null when it succeeded or never returned. */
export interface CallSeen { readonly name: string; readonly error: string | null }

/** What a run did, read from everything that the modelled kernel did in it. */
export interface Observed {
  readonly exit: number | null;
  readonly signal: string | null;
  /** Lines that the terminal shows. */
  readonly lines: readonly string[];
  readonly namespaces: readonly ns_common[];
  readonly nsproxies: number;
  readonly tasks: number;
  readonly calls: readonly CallSeen[];
  readonly functions: ReadonlySet<string>;
  /** Host names by UTS namespace, in the order in which they were set. */
  readonly hostnames: ReadonlyMap<ns_common, readonly string[]>;
  /** Namespaces in which a task was, by its nsproxy, its pid or its credentials. */
  readonly used: ReadonlySet<ns_common>;
  /** Numbers of tasks: level and number. */
  readonly pids: readonly (readonly [level: number, number: number])[];
  /** Greatest number of mounts of a file system that a mount namespace had at one time. */
  readonly mounts: ReadonlyMap<ns_common, ReadonlyMap<string, number>>;
  readonly devices: ReadonlyMap<ns_common, ReadonlySet<string>>;
  readonly limits: readonly string[];
  readonly notSimulated: readonly string[];
}

const LIMITS = { statements: 2_000_000, instructions: 400_000_000, tasks: 200, memory: 256 << 20, output: 1 << 20 } as const;

/** Runs a program of the learner. `read`: a file of the lesson's folder; null when there is none. */
export function observe(run: Run, kernel: Version, system: SystemFiles, read: (name: string) => Uint8Array | null): Observed | { readonly diagnostics: readonly Diagnostic[] } {
  const session = Session.start({
    system, program: { file: run.program, files: { read } }, args: run.args, uid: run.uid, kernel, privateRoot: false, tty: true, ttyStdin: false, stdin: new Uint8Array(0),
    before: run.before, with: [], limits: LIMITS, trace: 'full',
  });
  if (!(session instanceof Session)) return { diagnostics: session.diagnostics };
  const { k } = session.computer;
  const first = k.trace.events.length;
  const seen = new Seen();
  for (const ns of k.trace.live.get('mnt') ?? []) if (ns instanceof mnt_namespace) seen.startsWith(ns);
  while (!session.over) session.advance({ statements: 200_000, instructions: 20_000_000, stopAtStatement: false });
  const result = session.result();
  for (const kind of k.trace.live.values()) for (const object of kind) {
    if (object instanceof ns_common && object.id === 1) seen.namespaces.add(object);
    if (object instanceof nsproxy) seen.nsproxies = Math.max(seen.nsproxies, object.id);
  }
  k.trace.events.forEach((event, n) => { seen.take(event, n >= first); });
  return {
    exit: result.exit, signal: result.signal, lines: decode(result.transcript).split(/\r?\n/).map((line) => line.trimEnd()).filter((line, n, all) => line !== '' || n < all.length - 1),
    namespaces: [...seen.namespaces], nsproxies: seen.nsproxies, tasks: seen.tasks, calls: seen.calls, functions: seen.functions, hostnames: seen.hostnames, used: seen.used, pids: seen.pids,
    mounts: seen.mounts, devices: seen.devices, limits: result.limits, notSimulated: result.notSimulated,
  };
}

/** Gathers facts event by event. */
class Seen {
  readonly namespaces = new Set<ns_common>();
  nsproxies = 0;
  tasks = 0;
  readonly calls: CallSeen[] = [];
  readonly functions = new Set<string>();
  readonly hostnames = new Map<ns_common, string[]>();
  readonly used = new Set<ns_common>();
  readonly pids: [number, number][] = [];
  readonly mounts = new Map<ns_common, Map<string, number>>();
  readonly devices = new Map<ns_common, Set<string>>();
  readonly #present = new Map<ns_common, Map<string, number>>();
  readonly #open = new Map<unknown, { readonly name: string; result: unknown }>();

  /** What was mounted before the program began; the events before that are of another beginning, or none. */
  startsWith(ns: mnt_namespace): void {
    const now = new Map<string, number>();
    for (const { mnt_sb: { s_type } } of ns.mounts.values()) now.set(s_type, (now.get(s_type) ?? 0) + 1);
    this.#present.set(ns, now);
    this.mounts.set(ns, new Map(now));
  }

  /** `program`: the program has begun; before that the computer was started. */
  take(event: TraceEvent, program: boolean): void {
    const { op, subject, name, before, after } = event;
    switch (op) {
      case 'alloc':
        if (subject instanceof ns_common) this.namespaces.add(subject);
        if (subject instanceof nsproxy) this.nsproxies = Math.max(this.nsproxies, subject.id);
        if (subject instanceof task_struct && program) this.tasks++;
        if (subject instanceof pid) for (const [level, { nr }] of subject.numbers.entries()) this.pids.push([level, nr]);
        return;
      case 'enter': if (program) this.functions.add((subject as Listing).fn); return;
      case 'return': {
        const call = this.#open.get(before);
        if (call) call.result = after;
        return;
      }
      case 'write':
        if (subject instanceof uts_namespace && name === 'name') this.hostnames.set(subject, [...this.hostnames.get(subject) ?? [], (after as uts_namespace['name']).nodename]);
        if (subject instanceof task_struct && name === 'nsproxy' && after instanceof nsproxy) this.#uses(after);
        if (subject instanceof task_struct && name === 'cred') this.used.add((after as task_struct['cred']).user_ns);
        if (subject instanceof task_struct && name === 'thread_pid' && after instanceof pid) { const ns = after.numbers.at(-1)?.ns; if (ns) this.used.add(ns); }
        return;
      case 'entry': case 'remove':
        if (subject instanceof Table) this.#table(subject as Table<unknown, unknown>, op === 'entry', op === 'entry' ? after : before, name, program);
        return;
      default:
    }
  }

  #uses(proxy: nsproxy): void {
    for (const slot of [proxy.uts_ns, proxy.ipc_ns, proxy.mnt_ns, proxy.net_ns, proxy.cgroup_ns, proxy.time_ns]) if (slot) this.used.add(slot);
  }

  #table(table: Table<unknown, unknown>, entered: boolean, value: unknown, key: unknown, program: boolean): void {
    const { owner } = table;
    if (owner instanceof mnt_namespace && table.name === 'mounts') {
      if (!program) return;
      const type = (value as mount).mnt_sb.s_type;
      const now = this.#present.get(owner) ?? new Map<string, number>();
      this.#present.set(owner, now);
      now.set(type, (now.get(type) ?? 0) + (entered ? 1 : -1));
      const most = this.mounts.get(owner) ?? new Map<string, number>();
      this.mounts.set(owner, most);
      most.set(type, Math.max(most.get(type) ?? 0, now.get(type) ?? 0));
    } else if (owner instanceof net && table.name === 'devices' && entered) {
      this.devices.set(owner, (this.devices.get(owner) ?? new Set<string>()).add((value as { readonly name: string }).name));
    } else if (isCall(value) && program) {
      const open = this.#open.get(key);
      if (entered && !open) this.#open.set(key, { name: value.name.replace(/\(\)$/, ''), result: undefined });
      else if (!entered && open) {
        this.calls.push({ name: open.name, error: typeof open.result === 'number' && isErr(open.result) ? errnoName(open.result) ?? null : null });
        this.#open.delete(key);
      }
    }
  }
}

function isCall(value: unknown): value is RunningCall {
  return typeof value === 'object' && value !== null && 'nr' in value && 'args' in value && 'name' in value;
}

/** A user namespace that maps this. */
export function maps(ns: ns_common, inside: number, outside: number): boolean {
  return ns instanceof user_namespace && ns.parent !== null && ns.uid_map.some(({ first, lower_first, count }) => inside >= first && inside < first + count && lower_first + inside - first === outside);
}
