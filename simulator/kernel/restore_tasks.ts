import { cgroup_move } from './cgroup_fs.ts';
import { copy_process } from './copy_process.ts';
import { errnoName, isErr } from './errno.ts';
import { exit_mm } from './exit.ts';
import type { HostState, LeftOut, StateLink, StateTask } from './host_state.ts';
import type { Kernel } from './kernel.ts';
import { mm_alloc } from './mm.ts';
import type { mnt_namespace } from './mnt.ts';
import type { ns_common, NsType } from './ns_common.ts';
import { create_pid_namespace, get_pid_ns, pid_namespace, put_pid_ns, task_active_pid_ns } from './pid.ts';
import { nsproxy, nsproxy_of, put_nsproxy, switch_task_namespaces } from './nsproxy.ts';
import { become, group_at } from './restore_namespaces.ts';
import type { RestoredNamespaces } from './restore_namespaces.ts';
import { switch_to } from './sched.ts';
import { sys_pause } from './sigaction.ts';
import { PF_FORKNOEXEC, SIGCHLD } from './signals.ts';
import { files_struct } from './task.ts';
import type { task_struct } from './task.ts';
import { from_kuid } from './uidgid.ts';

/** Slots of an nsproxy, and what link of /proc/PID/ns tells what is in them. The pid namespace in use is no slot. */
const SLOTS = [
  ['uts_ns', 'uts'], ['ipc_ns', 'ipc'], ['mnt_ns', 'mnt'], ['net_ns', 'net'], ['cgroup_ns', 'cgroup'], ['time_ns', 'time'], ['time_ns_for_children', 'time_for_children'],
  ['pid_ns_for_children', 'pid_for_children'],
] as const satisfies readonly (readonly [keyof nsproxy, StateLink])[];
/** What pids end at on a machine with 64 bits, where many run. */
const PID_MAX = 4194304;

/** By pid in the initial pid namespace. Number 1 is the simulated computer's own init, which takes over the name. */
export function restore_tasks(k: Kernel, init: task_struct, state: HostState, namespaces: RestoredNamespaces, left_out: LeftOut[]): ReadonlyMap<number, task_struct> {
  const made = new Map<number, task_struct>([[1, init]]);
  if (state.tasks.some(({ pids, pid }) => Math.max(pid, ...pids) >= k.init_pid_ns.pid_max)) k.trace.write(k.init_pid_ns, 'pid_max', PID_MAX);
  const proxies = new Proxies(k);
  const first = state.tasks.find(({ pid }) => pid === 1);
  if (first) name(k, init, first);
  let waiting = state.tasks.filter(({ pid }) => pid !== 1);
  const known = new Set(state.tasks.map(({ pid }) => pid));
  // a parent is made before its children, the init of a pid namespace before its other members
  for (let before = -1; waiting.length > 0 && waiting.length !== before;) {
    before = waiting.length;
    waiting = waiting.filter((task) => {
      if (known.has(task.ppid) && task.ppid !== task.pid && !made.has(task.ppid)) return true;
      const ns = namespaces.pid(task.ns.pid ?? null);
      if (!ns.child_reaper && task.pids.at(-1) !== 1) return true;
      const failed = restore_task(k, task, made.get(task.ppid) ?? init, ns, namespaces, proxies, made);
      if (failed !== null) left_out.push({ what: 'task', pid: task.pid, why: failed });
      return false;
    });
  }
  for (const { pid } of waiting) left_out.push({ what: 'task', pid, why: 'init' });
  proxies.release();
  for (const ns of [k.init_pid_ns, ...new Set([...made.values()].map(task_active_pid_ns))]) k.trace.write(ns, 'idr_cursor', Math.max(0, ...ns.idr.map.keys()));
  return made;
}

/** Null: it is there. */
function restore_task(k: Kernel, of: StateTask, parent: task_struct, ns: pid_namespace, namespaces: RestoredNamespaces, proxies: Proxies, made: Map<number, task_struct>): string | null {
  switch_to(k, parent);
  let slots = slots_of(of, parent, namespaces);
  const empty = of.ns.pid_for_children === 0 ? create_pid_namespace(k, namespaces.user(of.ns.user ?? null), ns) : null;
  if (empty !== null && !isErr(empty)) {
    slots = { ...slots, pid_ns_for_children: empty };
    proxies.of(slots);
    put_pid_ns(k, empty);
  }
  // numbers from the outermost level inwards; where none is told it gets the next one
  const levels: pid_namespace[] = [];
  for (let at: pid_namespace | null = ns; at; at = at.parent) levels.unshift(at);
  const numbers = levels.map((_, level) => of.pids[level] ?? (level === 0 ? of.pid : undefined));
  if (levels.some((at, level) => at.idr.has(numbers[level] ?? 0))) return 'used';
  for (const [level, at] of levels.entries()) {
    const nr = numbers[level];
    if (nr !== undefined) k.trace.write(at, 'idr_cursor', nr - 1);
  }
  // the child is made in the pid namespace that its parent's nsproxy names for children: for that moment it names the child's
  const own = nsproxy_of(parent);
  const birth = proxies.of({ ...slots, pid_ns_for_children: ns, time_ns_for_children: slots.time_ns });
  k.trace.write(parent, 'nsproxy', birth);
  const task = copy_process(k, { flags: 0, exit_signal: SIGCHLD });
  k.trace.write(parent, 'nsproxy', own);
  if (isErr(task)) return errnoName(task) ?? String(task);
  switch_to(k, task);
  sys_pause(k);
  switch_task_namespaces(k, task, k.trace.get(proxies.of(slots)));
  name(k, task, of);
  const user_ns = namespaces.user(of.ns.user ?? null);
  become(k, user_ns, of.uid, of.euid, from_kuid(user_ns, of.euid) === 0);
  if (task.mm) k.trace.write(task.mm, 'dumpable', 1);
  if (task.cgroups) cgroup_move(k, task, group_at(k, of.cgroup));
  if (!task.files) k.trace.write(task, 'files', k.trace.alloc(new files_struct()));
  made.set(of.pid, task);
  return null;
}

/** What it is called, and by what words it was started. */
function name(k: Kernel, task: task_struct, { comm, cmdline }: StateTask): void {
  const mm = mm_alloc(k, task.cred.user_ns);
  k.trace.write(mm, 'cmdline', cmdline);
  exit_mm(k, task);
  k.trace.write(task, 'mm', mm);
  k.trace.write(task, 'comm', comm);
  k.trace.write(task, 'flags', task.flags & ~PF_FORKNOEXEC);
}

type Slots = Pick<nsproxy, (typeof SLOTS)[number][0]>;

/** What could not be read, or was left out, is as its parent has it. */
function slots_of(of: StateTask, parent: task_struct, namespaces: RestoredNamespaces): Slots {
  const above = nsproxy_of(parent);
  const found: Partial<Record<keyof Slots, ns_common | null>> = {};
  for (const [slot, link] of SLOTS) {
    const type = link.replace('_for_children', '') as NsType;
    found[slot] = namespaces.find(type, of.ns[link] ?? (slot === 'time_ns_for_children' ? of.ns.time : undefined)) ?? above[slot];
  }
  const pid = of.ns.pid_for_children === 0 ? of.ns.pid : of.ns.pid_for_children ?? of.ns.pid;
  if (pid !== undefined) found.pid_ns_for_children = namespaces.pid(pid);
  return found as Slots;
}

/** One nsproxy for each set of namespaces that tasks have: that is how few there can be. */
class Proxies {
  readonly #k: Kernel;
  readonly #made = new Map<string, nsproxy>();
  constructor(k: Kernel) {
    this.#k = k;
    const { init_nsproxy } = k;
    this.#made.set(key(init_nsproxy), k.trace.get(init_nsproxy));
  }

  /** It keeps the reference. */
  of(slots: Slots): nsproxy {
    const found = this.#made.get(key(slots));
    if (found) return found;
    const k = this.#k;
    const made = k.trace.alloc(new nsproxy());
    for (const [slot] of SLOTS) {
      const ns: ns_common | null = slots[slot];
      if (ns) k.trace.write(made, slot, (ns instanceof pid_namespace ? get_pid_ns(k, ns) : k.trace.get(ns)) as never);
    }
    this.#made.set(key(slots), made);
    return made;
  }

  /** Those that no task uses end. */
  release(): void {
    for (const made of this.#made.values()) put_nsproxy(this.#k, made);
  }
}

function key(slots: Slots): string {
  return SLOTS.map(([slot]) => slots[slot]?.id ?? 0).join(' ');
}

/** Tasks that are in a mount namespace. */
export function members_of(tasks: Iterable<task_struct>, ns: mnt_namespace): task_struct[] {
  return [...tasks].filter((task) => task.nsproxy?.mnt_ns === ns);
}
