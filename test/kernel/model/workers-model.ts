import { boot } from '../../../simulator/kernel/boot.ts';
import { fd_install, get_unused_fd } from '../../../simulator/kernel/files.ts';
import { CLONE_PARENT, has } from '../../../simulator/kernel/flags.ts';
import { System } from '../../../simulator/kernel/index.ts';
import type { Kernel } from '../../../simulator/kernel/kernel.ts';
import { mm_alloc } from '../../../simulator/kernel/mm.ts';
import type { ns_common } from '../../../simulator/kernel/ns_common.ts';
import { open_namespace } from '../../../simulator/kernel/nsfs.ts';
import { sys_pidfd_open } from '../../../simulator/kernel/pidfd.ts';
import { task_active_pid_ns } from '../../../simulator/kernel/pid.ts';
import { init_mount_tree, prepare_namespace } from '../../../simulator/kernel/rootfs.ts';
import { SYSCALL_NUMBERS } from '../../../simulator/kernel/syscalls/numbers.ts';
import { files_struct } from '../../../simulator/kernel/task.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { encode } from '../../../simulator/kernel/text.ts';
import { FlatMemory } from '../../../simulator/kernel/uaccess.ts';
import { map_write } from '../../../simulator/kernel/user_map.ts';

/** One operation of workers.c. `kind`: whose file setns gets, or `pidfd`. */
export interface Operation { readonly worker: number; readonly op: 'unshare' | 'clone' | 'setns' | 'exit' | 'user' | 'host' | 'map'; readonly flags: number; readonly other: number; readonly kind: string }

/** What came of it: the errno (0: none), and of every worker the ten links, its pids below the first level, and its host name. */
export interface Outcome { readonly errno: number; readonly workers: readonly string[] }

/** The line that workers.c reads. */
export function lineOf({ worker, op, flags, other, kind }: Operation): string {
  return `${worker} ${op} ${flags} ${other} ${kind}`;
}

const SIGCHLD = 17;
const __WALL = 0x40000000;
const WORKERS = 8;

/** Does the same operations as workers.c in the modelled kernel. Every invariant is checked after every call. */
export class WorkersModel {
  readonly #memory = new FlatMemory();
  readonly #system: System;
  readonly #controller: task_struct;
  readonly #workers = new Map<number, task_struct>();
  readonly #parents = new Map<number, number>();

  constructor() {
    const k = boot();
    init_mount_tree(k);
    prepare_namespace(k);
    k.trace.write(k.init_task, 'files', k.trace.alloc(new files_struct()));
    k.trace.write(k.init_task, 'mm', mm_alloc(k, k.init_user_ns));
    this.#system = new System({ kernel: k, memory: () => this.#memory, watch: true });
    this.#child(k.init_task, 0);
    this.#controller = this.#child(this.#last(), 0);
    const first = this.#child(this.#controller, 0);
    this.#call(first, 'unshare', 0x04000000);
    this.#name(first, 'host');
    this.#workers.set(0, first);
    this.#parents.set(0, -1);
  }

  get #k(): Kernel { return this.#system.k; }

  /**
   * The operation with the worker numbers that it means, which are chosen among those alive; null when it would end or need others: the end
   * of a process with children or of the init of others, and clone when all workers are there.
   */
  concrete(wanted: Operation): Operation | null {
    const alive = [...this.#workers.keys()].sort((a, b) => a - b);
    const chosen = (n: number): number => alive[n % alive.length] ?? 0;
    const worker = chosen(wanted.worker);
    if (wanted.op === 'clone') {
      const free = Array.from({ length: WORKERS }, (_, n) => n).find((n) => !this.#workers.has(n));
      return free === undefined ? null : { ...wanted, worker, other: free };
    }
    if (wanted.op === 'setns') return { ...wanted, worker, other: chosen(wanted.other) };
    if (wanted.op === 'exit' && !this.#can_end(worker)) return null;
    return { ...wanted, worker };
  }

  #can_end(worker: number): boolean {
    const task = this.#worker(worker);
    const ns = task_active_pid_ns(task);
    const alone = ns.child_reaper !== task || ns.idr.size === 1;
    return worker !== 0 && alone && ![...this.#parents].some(([child, parent]) => parent === worker && this.#workers.has(child));
  }

  do(operation: Operation): Outcome {
    const result = this.#make(operation);
    return { errno: result < 0 ? -result : 0, workers: [...this.#workers].sort(([a], [b]) => a - b).map(([n, task]) => this.#look(n, task)) };
  }

  #make({ worker, op, flags, other, kind }: Operation): number {
    const task = this.#worker(worker);
    switch (op) {
      case 'unshare': return this.#call(task, 'unshare', flags);
      case 'clone': {
        const nr = this.#call(task, 'clone', flags + SIGCHLD, 0, 0, 0, 0);
        if (nr <= 0) return nr;
        this.#workers.set(other, this.#last());
        this.#parents.set(other, has(flags, CLONE_PARENT) ? this.#parents.get(worker) ?? -1 : worker);
        return 0;
      }
      case 'setns': return this.#setns(task, this.#worker(other), flags, kind);
      case 'user': return this.#call(task, 'setgroups', 0, 0) || this.#call(task, 'setresgid', 1000, 1000, 1000) || this.#call(task, 'setresuid', 1000, 1000, 1000);
      case 'host': return this.#name(task, `h${flags}`);
      case 'map': return this.#map(task, 'uid_map') || this.#map(task, 'gid_map');
      case 'exit': {
        const parent = this.#parents.get(worker) ?? -1;
        this.#call(task, 'exit_group', 0);
        this.#workers.delete(worker);
        const waited = this.#call(parent < 0 ? this.#controller : this.#worker(parent), 'wait4', -1, 0, __WALL, 0);
        return waited > 0 ? 0 : -9998;
      }
    }
  }

  #setns(task: task_struct, target: task_struct, flags: number, kind: string): number {
    const k = this.#k;
    k.trace.run(k, this.#controller);
    const ns = namespace_of(target, kind);
    const from = ns ? open_namespace(k, ns) : sys_pidfd_open(k, target.thread_pid?.numbers[0]?.nr ?? 0, 0);
    if (from < 0) return from;
    const sent = this.#controller.files?.fd.get(from);
    if (!sent) throw new Error('nothing was opened');
    k.trace.run(k, task);
    const fd = get_unused_fd(k);
    fd_install(k, fd, k.trace.get(sent), true);
    this.#call(this.#controller, 'close', from);
    const result = this.#call(task, 'setns', fd, flags);
    this.#call(task, 'close', fd);
    return result;
  }

  #map(task: task_struct, name: 'uid_map' | 'gid_map'): number {
    const k = this.#k;
    k.trace.run(k, this.#controller);
    return Math.min(0, map_write(k, { f_cred: this.#controller.cred }, task.cred.user_ns, name, '0 0 100000'));
  }

  #name(task: task_struct, name: string): number {
    const bytes = encode(name);
    this.#memory.write(this.#memory.base, bytes);
    return this.#call(task, 'sethostname', this.#memory.base, bytes.length);
  }

  /** The result; what became of the task where there is none is -9999. */
  #call(task: task_struct, name: string, ...args: readonly number[]): number {
    const k = this.#k;
    k.trace.run(k, task);
    const step = this.#system.syscall(SYSCALL_NUMBERS.get(name) ?? -1, args);
    return step.what === 'value' ? step.value : -9999;
  }

  #child(of: task_struct, flags: number): task_struct {
    if (this.#call(of, 'clone', flags + SIGCHLD, 0, 0, 0, 0) <= 0) throw new Error('no process can be made');
    return this.#last();
  }

  #last(): task_struct {
    const task = [...this.#k.tasks.values()].at(-1);
    if (!task) throw new Error('there is no task');
    return task;
  }

  #worker(n: number): task_struct {
    const task = this.#workers.get(n);
    if (!task) throw new Error(`there is no worker ${n}`);
    return task;
  }

  #look(n: number, task: task_struct): string {
    const links = LINKS.map((kind) => {
      const ns = namespace_of(task, kind);
      return ns ? `${ns.kind}:[${ns.inum}]` : '-';
    });
    const inner = task.thread_pid?.numbers.slice(1).map(({ nr }) => `,${nr}`).join('') ?? '';
    return `${n} ${links.join(' ')} pids${inner} ${task.nsproxy?.uts_ns?.name.nodename ?? ''}`;
  }
}

/** The links of /proc/PID/ns, in its order. */
const LINKS = ['net', 'uts', 'ipc', 'pid', 'pid_for_children', 'user', 'mnt', 'cgroup', 'time', 'time_for_children'];

/** What a link leads to; null for one that can not be read, and for what is no link. */
function namespace_of(task: task_struct, kind: string): ns_common | null {
  const { nsproxy } = task;
  switch (kind) {
    case 'net': return nsproxy?.net_ns ?? null;
    case 'uts': return nsproxy?.uts_ns ?? null;
    case 'ipc': return nsproxy?.ipc_ns ?? null;
    case 'pid': return task_active_pid_ns(task);
    case 'pid_for_children': return nsproxy?.pid_ns_for_children?.child_reaper ? nsproxy.pid_ns_for_children : null;
    case 'user': return task.cred.user_ns;
    case 'mnt': return nsproxy?.mnt_ns ?? null;
    case 'cgroup': return nsproxy?.cgroup_ns ?? null;
    case 'time': return nsproxy?.time_ns ?? null;
    case 'time_for_children': return nsproxy?.time_ns_for_children ?? null;
    default: return null;
  }
}
