import { CAP_SETFCAP, CAP_SYS_ADMIN, CAP_SYS_CHROOT, cap_raised } from '../../../simulator/kernel/capability.ts';
import { errnoName } from '../../../simulator/kernel/errno.ts';
import * as f from '../../../simulator/kernel/flags.ts';
import type { ListingLine } from '../../../simulator/kernel/listing.ts';
import { ns_common } from '../../../simulator/kernel/ns_common.ts';
import { mntns_root } from '../../../simulator/kernel/mnt.ts';
import { PIDNS_ADDING, pid, pid_namespace, task_active_pid_ns } from '../../../simulator/kernel/pid.ts';
import { SIGNAL_UNKILLABLE } from '../../../simulator/kernel/signals.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import type { time_namespace } from '../../../simulator/kernel/time.ts';
import type { user_namespace } from '../../../simulator/kernel/user.ts';
import type { file } from '../../../simulator/kernel/vfs.ts';
import { path_equal } from '../../../simulator/kernel/vfs.ts';
import type { Operation } from './operation.ts';
import type { Outcome, SequencesModel } from './sequences-model.ts';

/** What a task was before an operation, as far as rules ask for it. */
export interface Before {
  readonly threads: boolean;
  readonly fs_shared: boolean;
  /** By another process. */
  readonly sighand_shared: boolean;
  readonly mm_shared: boolean;
  /** Has CAP_SYS_ADMIN in its own user namespace. */
  readonly admin: boolean;
  readonly can_chroot: boolean;
  readonly setfcap: boolean;
  /** In the first user namespace. */
  readonly outside: boolean;
  readonly user_ns: user_namespace;
  readonly euid: number;
  readonly egid: number;
  readonly mapped: { readonly uid: boolean; readonly gid: boolean };
  readonly init: boolean;
  readonly chrooted: boolean;
  /** Its root is where something is mounted. */
  readonly root_is_mount: boolean;
  readonly cwd_is_root: boolean;
  /** Its children live in another pid namespace, and how that came. */
  readonly elsewhere: false | 'unshare' | 'setns';
  /** It went back to its own pid namespace after that. */
  readonly back: false | 'unshare' | 'setns';
  readonly time_differs: boolean;
  /** It joined its user namespace by setns. */
  readonly joined_user: boolean;
  readonly pivoted: boolean;
  readonly active: pid_namespace;
  /** Of the task whose file in /proc is written. */
  readonly named: Named | null;
}

/** Whose file in /proc is written, before it is. */
interface Named {
  readonly user_ns: user_namespace;
  readonly maps_empty: { readonly uid_map: boolean; readonly gid_map: boolean };
  readonly time: 'initial' | 'other' | null;
  readonly marks: ReadonlySet<'joined' | 'vforked' | 'written'>;
}

/** What setns was given. */
export interface Target {
  readonly path: string;
  readonly kind: string;
  readonly o_path: boolean;
  readonly ns: ns_common | null;
  readonly own: boolean;
  /** A pidfd's process: its state, and whether it is the caller's own. */
  readonly process: 'own' | 'alive' | 'zombie' | 'gone' | null;
  readonly task: task_struct | null;
  readonly dead: boolean;
}

/** One operation as rules see it. */
export class Reach {
  readonly operation: Operation;
  readonly before: Before;
  readonly target: Target | null;
  readonly outcome: Outcome;
  /** `OK` or the name of the errno; `waits` for a call that has not returned. */
  readonly result: string;
  readonly history: History;
  #lines: ReadonlySet<string> | null = null;

  constructor(operation: Operation, before: Before, target: Target | null, outcome: Outcome, history: History) {
    this.operation = operation;
    this.before = before;
    this.target = target;
    this.outcome = outcome;
    this.history = history;
    this.result = outcome.value === null ? 'waits' : outcome.value < 0 ? errnoName(outcome.value) ?? String(outcome.value) : 'OK';
  }

  get call(): string { return this.operation.call; }
  get flags(): number { return this.operation.n[this.call === 'setns' ? 1 : 0] ?? 0; }
  get ok(): boolean { return this.result === 'OK'; }
  /** Did the call go through this line of a listing? `function.label` */
  at(line: string): boolean {
    this.#lines ??= new Set([...this.outcome.reached].map((one: ListingLine) => `${one.listing.fn}.${one.label}`));
    return this.#lines.has(line);
  }
  has(...flags: readonly number[]): boolean { return flags.every((flag) => f.has(this.flags, flag)); }
  none(...flags: readonly number[]): boolean { return !flags.some((flag) => f.has(this.flags, flag)); }
  /** A call with just these flags (exit signals aside). */
  is(call: string, flags?: number): boolean {
    return this.call === call && (flags === undefined || (call === 'clone' ? this.flags - this.flags % 0x80 : this.flags) === flags);
  }
  get target_user(): user_namespace | null { return this.before.named?.user_ns ?? null; }
  get map_was_empty(): boolean { return this.before.named?.maps_empty.uid_map === true; }
  get gid_map_was_empty(): boolean { return this.before.named?.maps_empty.gid_map === true; }
  get target_time(): 'initial' | 'other' | null { return this.before.named?.time ?? null; }
  get time_marks(): ReadonlySet<'joined' | 'vforked' | 'written'> { return this.before.named?.marks ?? new Set(); }
  /** clone or clone3 */
  get clones(): boolean { return this.call === 'clone' || this.call === 'clone3'; }
}

/** What rules have to remember of a sequence. */
export interface History {
  /** Types of which one could not be made because of a limit. */
  readonly full: ReadonlySet<string>;
  /** User namespaces for whose gid_map a write failed. */
  readonly gid_map_failed: ReadonlySet<user_namespace>;
}

/** Follows a sequence and says of every operation what rules want to know. */
export class Situations {
  readonly #model: SequencesModel;
  #how = new Map<task_struct, { elsewhere: false | 'unshare' | 'setns'; back: false | 'unshare' | 'setns' }>();
  #joined = new Set<task_struct>();
  #pivoted = new Set<unknown>();
  #paths = new Map<file, string>();
  #full = new Set<string>();
  #gid_map_failed = new Set<user_namespace>();
  /** Time namespaces: joined by setns, left to a vfork child, written to. */
  #time = new Map<time_namespace, Set<'joined' | 'vforked' | 'written'>>();

  constructor(model: SequencesModel) {
    this.#model = model;
  }

  before(operation: Operation): Before {
    const task = this.#task(operation.task);
    const { cred, signal, fs, mm, sighand, nsproxy } = task;
    const { k } = this.#model;
    const how = this.#how.get(task) ?? { elsewhere: false, back: false };
    const inside = (map: user_namespace['uid_map'], id: number): boolean => map.some(({ lower_first, count }) => id >= lower_first && id < lower_first + count);
    const root = fs?.root;
    return {
      threads: signal.threads.size > 1, fs_shared: (fs?.count ?? 1) > 1, sighand_shared: (sighand?.count ?? 1) > signal.threads.size, mm_shared: (mm?.count ?? 1) > signal.threads.size,
      admin: cap_raised(cred.cap_effective, CAP_SYS_ADMIN), can_chroot: cap_raised(cred.cap_effective, CAP_SYS_CHROOT), setfcap: cap_raised(cred.cap_effective, CAP_SETFCAP),
      outside: cred.user_ns === k.init_user_ns, user_ns: cred.user_ns, euid: cred.euid, egid: cred.egid,
      mapped: { uid: inside(cred.user_ns.uid_map, cred.euid), gid: inside(cred.user_ns.gid_map, cred.egid) },
      init: (signal.flags & SIGNAL_UNKILLABLE) !== 0, chrooted: is_chrooted(task), root_is_mount: root !== undefined && root.dentry === root.mnt.mnt_root,
      cwd_is_root: fs !== null && fs.pwd.dentry === fs.root.dentry && fs.pwd.mnt === fs.root.mnt,
      elsewhere: nsproxy?.pid_ns_for_children !== task_active_pid_ns(task) && how.elsewhere, back: nsproxy?.pid_ns_for_children === task_active_pid_ns(task) && how.back,
      time_differs: nsproxy?.time_ns !== nsproxy?.time_ns_for_children, joined_user: this.#joined.has(task), pivoted: this.#pivoted.has(nsproxy?.mnt_ns),
      active: task_active_pid_ns(task), named: operation.call === 'write' ? this.#before_write(this.#named(operation.a ?? '', task)) : null,
    };
  }

  #before_write({ cred: { user_ns }, nsproxy }: task_struct): Named {
    const time = nsproxy?.time_ns_for_children;
    return {
      user_ns, maps_empty: { uid_map: user_ns.uid_map.length === 0, gid_map: user_ns.gid_map.length === 0 },
      time: !time ? null : time === this.#model.k.init_nsproxy.time_ns ? 'initial' : 'other', marks: new Set(time ? this.#time.get(time) : []),
    };
  }

  target({ task: n, call, n: [fd = -1] }: Operation): Target | null {
    if (call !== 'setns') return null;
    const task = this.#task(n);
    const open = task.files?.fd.get(fd);
    if (!open) return null;
    const held = open.private_data;
    const ns = held instanceof ns_common ? held : null;
    const of = held instanceof pid ? held.pid_task : null;
    const mine = [task.nsproxy?.net_ns, task.nsproxy?.uts_ns, task.nsproxy?.ipc_ns, task.nsproxy?.mnt_ns, task.nsproxy?.cgroup_ns, task.nsproxy?.time_ns, task_active_pid_ns(task), task.cred.user_ns];
    return {
      path: this.#paths.get(open) ?? '', kind: ns?.kind ?? (held instanceof pid ? 'pidfd' : 'other'), o_path: (open.f_flags & 0o10000000) !== 0, ns, own: ns !== null && mine.includes(ns as never),
      process: held instanceof pid ? (!of ? 'gone' : of.state === 'zombie' ? 'zombie' : of.signal === task.signal ? 'own' : 'alive') : null,
      task: of, dead: ns instanceof pid_namespace && ns.pid_allocated < PIDNS_ADDING,
    };
  }

  /** After the operation: what it was as rules see it. */
  reach(operation: Operation, before: Before, target: Target | null, outcome: Outcome): Reach {
    const reach = new Reach(operation, before, target, outcome, { full: new Set(this.#full), gid_map_failed: new Set(this.#gid_map_failed) });
    this.#remember(reach);
    return reach;
  }

  #remember(reach: Reach): void {
    const { operation, before, outcome } = reach;
    const task = this.#task(operation.task);
    const { call, a = '' } = operation;
    if (reach.at('inc_ucount.full')) for (const [flag, type] of TYPES) if (reach.has(flag)) this.#full.add(type);
    if (call === 'write' && a.endsWith('/gid_map') && !reach.ok) this.#gid_map_failed.add(this.#named(a, task).cred.user_ns);
    if (call === 'write' && a.endsWith('/timens_offsets') && reach.ok) this.#mark(this.#named(a, task), 'written');
    if ((!reach.ok && reach.result !== 'waits') || !task.thread_pid || !task.nsproxy) return;
    if (call === 'open') { const made = task.files?.fd.get(outcome.value ?? -1); if (made) this.#paths.set(made, a); }
    if (call === 'pivot_root') this.#pivoted.add(task.nsproxy.mnt_ns);
    if (reach.clones && before.time_differs && reach.has(f.CLONE_VM)) this.#mark(task, 'vforked');
    const elsewhere = task.nsproxy.pid_ns_for_children !== task_active_pid_ns(task);
    const was = this.#how.get(task) ?? { elsewhere: false, back: false };
    if (call === 'unshare' && reach.has(f.CLONE_NEWPID)) this.#how.set(task, { elsewhere: 'unshare', back: false });
    if (call === 'setns') {
      const joins = (type: number): boolean => reach.target?.kind === 'pidfd' ? reach.has(type) : reach.target?.kind === TYPES.find(([flag]) => flag === type)?.[1];
      if (joins(f.CLONE_NEWPID)) this.#how.set(task, elsewhere ? { elsewhere: 'setns', back: false } : { elsewhere: false, back: was.elsewhere });
      if (joins(f.CLONE_NEWUSER)) this.#joined.add(task);
      if (joins(f.CLONE_NEWTIME)) this.#mark(task, 'joined');
    }
  }

  #mark(task: task_struct, what: 'joined' | 'vforked' | 'written'): void {
    const ns = task.nsproxy?.time_ns_for_children;
    if (!ns) return;
    const marks = this.#time.get(ns);
    if (marks) marks.add(what);
    else this.#time.set(ns, new Set([what]));
  }

  /** The task whose file in /proc a path names. */
  #named(path: string, self: task_struct): task_struct {
    const n = /^\{(\d+)\}/.exec(path)?.[1];
    return (n === undefined ? undefined : this.#model.tasks[Number(n)]) ?? self;
  }

  #task(n: number): task_struct {
    const task = this.#model.tasks[n];
    if (!task) throw new Error(`there is no task ${n}`);
    return task;
  }
}

export const TYPES: readonly (readonly [number, string])[] = [
  [f.CLONE_NEWUSER, 'user'], [f.CLONE_NEWPID, 'pid'], [f.CLONE_NEWUTS, 'uts'], [f.CLONE_NEWIPC, 'ipc'], [f.CLONE_NEWNET, 'net'], [f.CLONE_NEWNS, 'mnt'],
  [f.CLONE_NEWCGROUP, 'cgroup'], [f.CLONE_NEWTIME, 'time'],
];

/** Its root is not the topmost one of its mount namespace. */
function is_chrooted({ fs, nsproxy }: task_struct): boolean {
  const first = nsproxy?.mnt_ns?.root;
  return fs !== null && first !== null && first !== undefined && !path_equal(fs.root, mntns_root(first));
}

/** When an operation counts as reaching a rule. */
export type When = (reach: Reach) => boolean;
export type Rules = Readonly<Record<string, When>>;
