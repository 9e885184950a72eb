import { isErr } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { object_name } from './names.ts';
import { NS_TYPES } from './ns_common.ts';
import type { ns_common } from './ns_common.ts';
import { Counted } from './object.ts';
import type { KObject } from './object.ts';
import { PIDNS_ADDING, pid_namespace } from './pid.ts';
import { COUNTED_KINDS, NSPROXY_SLOTS, references } from './references.ts';
import { key_of } from './state.ts';
import type { task_struct } from './task.ts';
import { user_namespace } from './user.ts';

/** Deepest levels that can be made: the initial namespace is level 0. */
const PID_NS_LEVEL = 32;
const USER_NS_LEVEL = 33;

/** What is wrong with the state as it is, in words; nothing for a sound one (KERNEL.md 11, numbers as there). */
export function broken_invariants(k: Kernel): string[] {
  const broken: string[] = [];
  const fail = (n: number, what: string): void => { broken.push(`invariant ${n}: ${what}`); };
  check_counts(k, fail);
  for (const task of k.tasks.values()) check_task(k, task, fail);
  for (const type of NS_TYPES) for (const ns of (k.trace.live.get(type) ?? []) as Iterable<ns_common>) check_namespace(k, ns, fail);
  return broken;
}

type Fail = (n: number, what: string) => void;

/** 1 to 3: every count is the number of references there are, and nothing refers to what was freed. */
function check_counts(k: Kernel, fail: Fail): void {
  const found = new Map<Counted, number>();
  const holders = new Map<Counted, string[]>();
  references(k, (holder, slot, to, n) => {
    if (!to) return;
    if (to.freed) fail(2, `${holder ? object_name(holder) : 'the kernel'} refers by ${slot} to ${object_name(to)}, which was freed`);
    found.set(to, (found.get(to) ?? 0) + n);
    const list = holders.get(to);
    const text = `${holder ? object_name(holder) : 'the kernel'} ${slot}${n > 1 ? ` (${n})` : ''}`;
    if (list) list.push(text);
    else holders.set(to, [text]);
  });
  for (const [kind, objects] of k.trace.live) {
    if (!COUNTED_KINDS.has(kind)) continue;
    for (const object of objects) {
      if (!(object instanceof Counted) || (object as KObject) === k.init_pid_ns) continue;
      const expected = found.get(object) ?? 0;
      if (object.count !== expected) {
        fail(kind === 'nsproxy' ? 1 : 2, `${object_name(object)} counts ${object.count}, but ${expected} references were found: ${(holders.get(object) ?? ['none']).join(', ')}`);
      }
    }
  }
}

function check_task(k: Kernel, task: task_struct, fail: Fail): void {
  const name = object_name(task);
  const active = active_pid_ns(task);
  if (task.state === 'zombie') {
    if (task.nsproxy) fail(12, `${name} is a zombie but has an nsproxy`);
    if (!active) fail(12, `${name} is a zombie without a pid`);
    return;
  }
  if (task.state === 'dead' || !task.nsproxy) return;
  const children = task.nsproxy.pid_ns_for_children;
  if (active && children && !is_below(children, active)) fail(4, `children of ${name} would go to ${object_name(children)}, which is not below ${object_name(active)}`);
  for (const other of task.signal.threads.values()) {
    if (other.state === 'dead' || other.state === 'zombie') continue;
    if (other.cred.user_ns !== task.cred.user_ns) fail(8, `${name} and its thread ${object_name(other)} are in different user namespaces`);
    const their = active_pid_ns(other);
    if (active && their && active !== their) fail(8, `${name} and its thread ${object_name(other)} live in different pid namespaces`);
  }
  const { thread_pid } = task;
  if (!thread_pid || task === k.init_task) return;
  for (const { nr, ns } of thread_pid.numbers) {
    if (ns.idr.get(nr) !== thread_pid) fail(11, `${name} has number ${nr} in ${object_name(ns)}, which does not know it`);
  }
}

function check_namespace(k: Kernel, ns: ns_common, fail: Fail): void {
  const name = object_name(ns);
  if (ns.owner?.freed) fail(5, `${name} is owned by ${object_name(ns.owner)}, which was freed`);
  if (k.features.inums && ns.inum !== 0 && k.inums.get(ns.inum) !== ns) fail(2, `the inode number of ${name} belongs to another namespace`);
  if (ns instanceof pid_namespace) {
    if (ns.parent && ns.level !== ns.parent.level + 1) fail(9, `${name} is not one level below its parent`);
    if (ns.level > PID_NS_LEVEL) fail(9, `${name} is at level ${ns.level}`);
    const numbers = ns.idr.size;
    const allocated = ns.pid_allocated >= PIDNS_ADDING ? ns.pid_allocated - PIDNS_ADDING : ns.pid_allocated;
    if (ns !== k.init_pid_ns && allocated !== numbers) fail(11, `${name} says that it has ${allocated} pids but has ${numbers}`);
  }
  if (ns instanceof user_namespace) {
    if (ns.parent && ns.level !== ns.parent.level + 1) fail(9, `${name} is not one level below its parent`);
    if (ns.level > USER_NS_LEVEL) fail(9, `${name} is at level ${ns.level}`);
  }
}

function active_pid_ns(task: task_struct): pid_namespace | null {
  const { thread_pid } = task;
  return thread_pid?.numbers[thread_pid.level]?.ns ?? null;
}

function is_below(ns: pid_namespace, above: pid_namespace): boolean {
  let at: pid_namespace | null = ns;
  while (at && at !== above) at = at.parent;
  return at !== null;
}

/** What a program can see of a task's place in the world: namespaces, ids, capabilities, directories. */
function visible(task: task_struct): string {
  const { nsproxy, cred, fs } = task;
  const slots = NSPROXY_SLOTS.map((slot) => { const ns = nsproxy?.[slot]; return ns ? key_of(ns) : ''; });
  const at = [fs?.root, fs?.pwd].map((path) => path && `${path.mnt.mnt_id}:${path.dentry.id}:${path.dentry.d_name}`);
  const numbers = task.thread_pid?.numbers.map(({ nr, ns }) => `${nr}@${ns.id}`);
  return [
    ...slots, cred.user_ns.id, cred.uid, cred.euid, cred.suid, cred.fsuid, cred.gid, cred.egid, cred.sgid, cred.fsgid, cred.group_info, cred.cap_effective,
    cred.cap_permitted, cred.cap_inheritable, cred.cap_ambient, cred.cap_bset, cred.securebits, ...at, numbers,
  ].join(' ');
}

/** What belongs to no one task: names, maps. */
function visible_common(k: Kernel): string {
  const parts: unknown[] = [];
  for (const ns of k.trace.live.get('uts') ?? []) parts.push(ns.id, (ns as unknown as { readonly name: unknown }).name);
  for (const ns of k.trace.live.get('user') ?? []) if (ns instanceof user_namespace) parts.push(ns.id, ns.uid_map, ns.gid_map, ns.projid_map, ns.setgroups_allowed);
  return JSON.stringify(parts);
}

/** System calls that change their caller alone, or nobody that was there before. */
const OWN: ReadonlySet<string> = new Set(['unshare', 'setns', 'clone', 'clone3', 'fork', 'vfork', 'setuid', 'setresuid', 'capset', 'chdir']);
const CHILD_ONLY: ReadonlySet<string> = new Set(['clone', 'clone3', 'fork', 'vfork']);
/** Calls that may do a part before they fail. */
const PARTIAL: ReadonlySet<string> = new Set(['execve', 'execveat', 'exit', 'exit_group', 'wait4', 'waitid', 'setgroups']);

/** Watches a kernel from call to call: to be asked before and after each. */
export class InvariantWatch {
  readonly #k: Kernel;
  #tasks = new Map<task_struct, string>();
  #common = '';
  readonly #pid_ns = new Map<task_struct, pid_namespace>();
  readonly #dead = new Map<pid_namespace, number>();

  constructor(k: Kernel) {
    this.#k = k;
    this.before();
  }

  /** A call is about to be made. */
  before(): void {
    this.#tasks = new Map([...this.#k.tasks.values()].map((task) => [task, visible(task)]));
    this.#common = visible_common(this.#k);
  }

  /** The call of `caller` gave `result`. Throws with all that is wrong. */
  after(name: string, caller: task_struct, result: unknown): void {
    const broken = broken_invariants(this.#k);
    this.#check_failed(name, result, broken);
    if (OWN.has(name)) this.#check_others(name, caller, broken);
    this.#check_pid_namespaces(broken);
    if (broken.length > 0) throw new Error(`after ${name}() by ${object_name(caller)}:\n${broken.join('\n')}`);
  }

  #check_failed(name: string, result: unknown, broken: string[]): void {
    if (!isErr(result) || PARTIAL.has(name)) return;
    for (const [task, was] of this.#tasks) {
      if (!task.freed && visible(task) !== was) broken.push(`invariant 6: ${name}() failed but changed ${object_name(task)}: ${was} → ${visible(task)}`);
    }
    if (visible_common(this.#k) !== this.#common) broken.push(`invariant 6: ${name}() failed but changed a name or a map`);
  }

  #check_others(name: string, caller: task_struct, broken: string[]): void {
    for (const [task, was] of this.#tasks) {
      if ((task === caller && !CHILD_ONLY.has(name)) || task.freed || shares(task, caller)) continue;
      if (visible(task) !== was) broken.push(`invariant 7: ${name}() of ${object_name(caller)} changed ${object_name(task)}`);
    }
  }

  #check_pid_namespaces(broken: string[]): void {
    for (const task of this.#k.tasks.values()) {
      const active = active_pid_ns(task);
      const was = this.#pid_ns.get(task);
      if (active && was && active !== was) broken.push(`invariant 4: ${object_name(task)} moved from ${object_name(was)} to ${object_name(active)}`);
      if (active) this.#pid_ns.set(task, active);
    }
    for (const ns of this.#k.trace.live.get('pid') ?? []) {
      if (!(ns instanceof pid_namespace) || ns.pid_allocated >= PIDNS_ADDING) continue;
      const was = this.#dead.get(ns);
      if (was !== undefined && ns.idr.size > was) broken.push(`invariant 10: ${object_name(ns)} is dead but got a new process`);
      this.#dead.set(ns, ns.idr.size);
    }
  }
}

/** Tasks that share directories (CLONE_FS) see each other's chdir and chroot. */
function shares(task: task_struct, caller: task_struct): boolean {
  return task !== caller && task.fs !== null && task.fs === caller.fs;
}
