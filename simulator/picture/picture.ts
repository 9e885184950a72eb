import { cgroup_namespace } from '../kernel/cgroup.ts';
import { ids_of, ipc_namespace } from '../kernel/ipc.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { mnt_namespace } from '../kernel/mnt.ts';
import { letters } from '../kernel/names.ts';
import { net } from '../kernel/net.ts';
import type { ns_common, NsType } from '../kernel/ns_common.ts';
import type { nsproxy } from '../kernel/nsproxy.ts';
import type { KObject } from '../kernel/object.ts';
import { pid_namespace } from '../kernel/pid.ts';
import type { Holder } from '../kernel/state.ts';
import { holders_of, key_of } from '../kernel/state.ts';
import type { task_struct } from '../kernel/task.ts';
import { time_namespace } from '../kernel/time.ts';
import { user_namespace } from '../kernel/user.ts';
import { uts_namespace } from '../kernel/uts.ts';

/** `task:4`, `nsproxy:2`, `uts:1`: an object of the picture, by kind and number of its kind. It keeps it as long as it lives. */
export type Ref = string;

/** A pointer of an nsproxy, in the order in which `create_new_namespaces` fills them in. */
export const SLOTS = ['uts_ns', 'ipc_ns', 'mnt_ns', 'pid_ns_for_children', 'net_ns', 'cgroup_ns', 'time_ns', 'time_ns_for_children'] as const;
export type Slot = (typeof SLOTS)[number] | 'user_ns';

export interface TaskShown {
  readonly ref: Ref;
  readonly comm: string;
  /** Its number at each level that it has, outermost first; [] while it is being built. */
  readonly pids: readonly number[];
  readonly state: 'running' | 'ready' | 'asleep' | 'stopped' | 'being built' | 'zombie';
  /** Null: it has none (a zombie). */
  readonly nsproxy: Ref | null;
  /** The nsproxy counts it. False for the byte copy that fork begins with. */
  readonly counted: boolean;
  readonly user: Ref;
  /** The pid namespace in which it lives; null while it has no pid. */
  readonly pidNamespace: Ref | null;
  /** Another thread's process. */
  readonly threadOf: Ref | null;
}

export interface NsproxyShown {
  readonly ref: Ref;
  readonly number: number;
  readonly count: number;
  readonly slots: Readonly<Partial<Record<Slot, Ref | null>>>;
  /** What counts besides tasks: a local variable of a function that is at work. */
  readonly others: readonly HolderShown[];
}

export interface HolderShown { readonly by: Ref | null; readonly slot: string; readonly n: number }

export interface NamespaceShown {
  readonly ref: Ref;
  readonly type: NsType;
  /** A: the initial one; then in order of creation, never used again. */
  readonly letter: string;
  readonly initial: boolean;
  /** 0: this kernel has no inode numbers. */
  readonly inode: number;
  /** What is in it, in a few words. */
  readonly text: string;
  readonly owner: Ref | null;
  /** pid and user: how deep; else null. */
  readonly level: number | null;
  readonly count: number;
  readonly holders: readonly HolderShown[];
}

/** The kernel as a picture shows it. Plain data, complete, in an order that does not change while objects live. */
export interface Picture {
  readonly slots: readonly Slot[];
  readonly tasks: readonly TaskShown[];
  readonly nsproxies: readonly NsproxyShown[];
  readonly namespaces: readonly NamespaceShown[];
}

const TYPES: readonly NsType[] = ['uts', 'ipc', 'mnt', 'pid', 'net', 'cgroup', 'time', 'user'];

export function pictureOf(k: Kernel): Picture {
  const holders = holders_of(k);
  const proxies = [...k.trace.live.get('nsproxy') ?? []] as nsproxy[];
  const slots: Slot[] = SLOTS.filter((slot) => slot in k.init_nsproxy && (k.init_nsproxy[slot] !== null || slot === 'mnt_ns'));
  // in the article's kernel the user namespace hangs on the nsproxy as well
  if (k.init_nsproxy.user_ns) slots.push('user_ns');
  return {
    slots,
    tasks: tasksOf(k).map((task) => taskShown(k, task, holders)),
    nsproxies: proxies.map((proxy) => nsproxyShown(proxy, slots, holders)),
    namespaces: TYPES.flatMap((type) => ([...k.trace.live.get(type) ?? []] as ns_common[]).map((ns) => namespaceShown(k, ns, holders))),
  };
}

/** All but the idle task of the processor, which no program ever sees. */
function tasksOf(k: Kernel): task_struct[] {
  return [...k.tasks.values()].filter((task) => task !== k.init_task && task.state !== 'dead');
}

function taskShown(k: Kernel, task: task_struct, holders: ReadonlyMap<KObject, readonly Holder[]>): TaskShown {
  const { nsproxy, thread_pid } = task;
  const ref = key_of(task);
  return {
    ref, comm: task.comm, pids: thread_pid?.numbers.map(({ nr }) => nr) ?? [], state: stateOf(k, task),
    nsproxy: nsproxy && key_of(nsproxy), counted: nsproxy !== null && (holders.get(nsproxy) ?? []).some(({ by }) => by === ref),
    user: key_of(task.cred.user_ns), pidNamespace: thread_pid ? refOf(thread_pid.numbers.at(-1)?.ns ?? null) : null,
    threadOf: task.group_leader === task ? null : key_of(task.group_leader),
  };
}

function stateOf(k: Kernel, task: task_struct): TaskShown['state'] {
  switch (task.state) {
    case 'running': return task === k.current ? 'running' : 'ready';
    case 'interruptible': case 'uninterruptible': return 'asleep';
    case 'new': return 'being built';
    case 'stopped': return 'stopped';
    case 'zombie': case 'dead': return 'zombie';
  }
}

function refOf(of: KObject | null): Ref | null {
  return of && key_of(of);
}

function nsproxyShown(proxy: nsproxy, slots: readonly Slot[], holders: ReadonlyMap<KObject, readonly Holder[]>): NsproxyShown {
  const others = (holders.get(proxy) ?? []).filter(({ by }) => by?.startsWith('task:') !== true);
  // a freshly made one is held by the function that makes it, which no object stands for
  const known = (holders.get(proxy) ?? []).reduce((sum, { n }) => sum + n, 0);
  const local: HolderShown[] = proxy.count > known ? [{ by: null, slot: 'local variable', n: proxy.count - known }] : [];
  return {
    ref: key_of(proxy), number: proxy.id, count: proxy.count, others: [...others, ...local],
    slots: Object.fromEntries(slots.map((slot) => [slot, refOf(proxy[slot])])),
  };
}

function namespaceShown(k: Kernel, ns: ns_common, holders: ReadonlyMap<KObject, readonly Holder[]>): NamespaceShown {
  const level = ns instanceof pid_namespace || ns instanceof user_namespace ? ns.level : null;
  return {
    ref: key_of(ns), type: ns.kind, letter: letters(ns.id), initial: ns.id === 1, inode: ns.inum, text: textOf(k, ns), owner: refOf(ns.owner), level,
    count: ns.count, holders: holders.get(ns) ?? [],
  };
}

function textOf(k: Kernel, ns: ns_common): string {
  if (ns instanceof uts_namespace) return `“${ns.name.nodename}”`;
  if (ns instanceof ipc_namespace) {
    const objects = (['sem', 'msg', 'shm'] as const).reduce((sum, kind) => sum + ids_of(ns, kind).entries.size, 0) + ns.mqueues.size;
    return objects === 1 ? '1 object' : `${objects} objects`;
  }
  if (ns instanceof mnt_namespace) return `${ns.mounts.size} mounts`;
  if (ns instanceof pid_namespace) return `level ${ns.level}`;
  if (ns instanceof net) return [...ns.devices.values()].map(({ name }) => name).join(', ') || 'no devices';
  if (ns instanceof cgroup_namespace) return `root ${ns.root_cset.name === '' ? '/' : ns.root_cset.name}`;
  if (ns instanceof time_namespace) return ns.offsets.monotonic === 0n && ns.offsets.boottime === 0n ? 'no offset' : `+${ns.offsets.boottime / 1_000_000_000n} s`;
  if (ns instanceof user_namespace) {
    if (ns === k.init_user_ns) return 'all ids';
    const [first] = ns.uid_map;
    return first ? `uid ${first.first} = ${first.lower_first}` : 'no ids mapped';
  }
  return '';
}
