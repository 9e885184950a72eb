import { d_path } from '../../../simulator/kernel/dcache.ts';
import type { Kernel } from '../../../simulator/kernel/kernel.ts';
import type { ns_common } from '../../../simulator/kernel/ns_common.ts';
import { task_active_pid_ns } from '../../../simulator/kernel/pid.ts';
import type { pid } from '../../../simulator/kernel/pid.ts';
import { pid_nr_ns } from '../../../simulator/kernel/procfs_status.ts';
import { PF_EXITING } from '../../../simulator/kernel/signals.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { INVALID_ID, map_id_up } from '../../../simulator/kernel/uidgid.ts';
import { user_namespace } from '../../../simulator/kernel/user.ts';
import type { path } from '../../../simulator/kernel/vfs.ts';
import { map_show, proc_setgroups_show } from '../../../simulator/kernel/user_map.ts';

/** What sequences.c shows of its tasks, said of the model's: only lines that changed. */
export class Picture {
  readonly #k: Kernel;
  readonly #root: path;
  readonly #numbers = new Map<ns_common, number>();
  readonly #texts = new Map<ns_common, string>();
  readonly #shown = new Map<number, string>();
  #last = 0;

  /** `root`: of whoever looks, whose paths are shown. */
  constructor(k: Kernel, root: path) {
    this.#k = k;
    this.#root = root;
  }

  /** States of all tasks: `i` idle, `b` in a call that waits, `e` an init that ends and waits for the others, `z` zombie, `-` gone. */
  states(tasks: readonly (task_struct | undefined)[]): string {
    return tasks.map((task) => this.#state(task)).join('');
  }

  lines(tasks: readonly (task_struct | undefined)[]): string[] {
    const indexes = new Map(tasks.flatMap((task, n) => (task && this.#state(task) !== '-' ? [[task, n] as const] : [])));
    const links = tasks.map((task) => (task && this.#state(task) !== '-' ? links_of(task) : []));
    const seen = new Set(links.flat());
    for (const ns of links.flat()) if (ns && !this.#numbers.has(ns)) this.#numbers.set(ns, ++this.#last);
    for (const ns of this.#numbers.keys()) if (!seen.has(ns)) { this.#numbers.delete(ns); this.#texts.delete(ns); }
    const lines: string[] = [];
    for (const [n, task] of tasks.entries()) {
      const text = task && this.#state(task) !== '-' ? this.#task(n, task, links[n] ?? [], indexes) : '';
      if (text !== (this.#shown.get(n) ?? '')) lines.push(text || `task ${n} -`);
      this.#shown.set(n, text);
    }
    return [...lines, ...this.#spaces(tasks)];
  }

  #state(task: task_struct | undefined): string {
    if (!task || task.freed || task.state === 'dead') return '-';
    // which thread of an init is the last one, and waits for the others of its pid namespace, is the scheduler's business
    if (task.state === 'zombie') return [...task.signal.threads.values()].some(is_ending) ? 'e' : 'z';
    if (is_ending(task)) return task.group_leader === task ? 'e' : '-';
    return this.#k.calls.has(task.id) ? 'b' : 'i';
  }

  #task(n: number, task: task_struct, links: readonly (ns_common | null)[], indexes: ReadonlyMap<task_struct, number>): string {
    const state = this.#state(task);
    const index = (of: task_struct | null | undefined): number => (of ? indexes.get(of) ?? -1 : -1);
    const { cred } = task;
    const hex = (set: bigint): string => set.toString(16).padStart(16, '0');
    const ids = [
      `uid ${[cred.uid, cred.euid, cred.suid, cred.fsuid].join(',')}`, `gid ${[cred.gid, cred.egid, cred.sgid, cred.fsgid].join(',')}`, `groups ${cred.group_info.join(',')}`,
      `caps ${hex(cred.cap_permitted)} ${hex(cred.cap_effective)} ${hex(cred.cap_bset)}`,
    ];
    return [
      `task ${n} ${state}`, ...links.map((ns) => (ns ? this.#numbers.get(ns) ?? 0 : 0)), `pids${task.thread_pid?.numbers.slice(1).map(({ nr }) => `,${nr}`).join('') ?? ''}`,
      `group ${this.#inner(task, task.signal.pgrp)} session ${this.#inner(task, task.signal.session)}`,
      `parent ${index(task.real_parent?.group_leader)} leader ${index(task.group_leader)}`, ...(state === 'i' || state === 'b' ? [`threads ${task.signal.threads.size}`, ...this.#places(task)] : []), ...ids,
    ].join(' ');
  }

  /** A number in the task's own pid namespace, unless that is the first; 0 for one that it does not see. */
  #inner(task: task_struct, of: pid | null): number {
    const level = task.thread_pid?.level ?? 0;
    return level > 0 ? pid_nr_ns(of, task_active_pid_ns(task)) : 0;
  }

  #places({ fs }: task_struct): string[] {
    return fs ? [`root ${d_path(fs.root, this.#root)}`, `cwd ${d_path(fs.pwd, this.#root)}`] : [];
  }

  /** In order of their numbers, each by the first idle task in it. */
  #spaces(tasks: readonly (task_struct | undefined)[]): string[] {
    const idle = tasks.filter((task) => task !== undefined && this.#state(task) === 'i') as task_struct[];
    const lines: string[] = [];
    for (const [ns, number] of this.#numbers) {
      const text = ns.kind === 'uts' ? host(idle, number, ns) : ns instanceof user_namespace ? this.#maps(idle, number, ns) : null;
      if (text === null || this.#texts.get(ns) === text) continue;
      this.#texts.set(ns, text);
      lines.push(text);
    }
    return lines;
  }

  #maps(idle: readonly task_struct[], number: number, ns: user_namespace): string | null {
    if (!idle.some(({ cred }) => cred.user_ns === ns)) return null;
    const words = (text: string): string => text.trim().split(/\s+/).filter((one) => one !== '').map((one) => `,${one}`).join('');
    const maps = (['uid_map', 'gid_map', 'projid_map'] as const).map((name) => `${name}${words(map_show(ns, name, this.#k.init_user_ns))}`);
    return cut(`maps ${number} ${maps.join(' ')} setgroups${words(proc_setgroups_show(ns))}`);
  }
}

/** It gave up its namespaces and is not over yet. */
function is_ending(task: task_struct): boolean {
  return !task.freed && task.state !== 'zombie' && task.state !== 'dead' && (task.flags & PF_EXITING) !== 0 && !task.nsproxy;
}

/** As much of a long map as sequences.c shows. */
function cut(text: string): string {
  return text.length > MAPS_SHOWN ? text.slice(0, MAPS_SHOWN) : text;
}
const MAPS_SHOWN = 600;

function host(idle: readonly task_struct[], number: number, ns: ns_common): string | null {
  const one = idle.find(({ nsproxy }) => nsproxy?.uts_ns === ns);
  return one ? `host ${number} ${one.nsproxy?.uts_ns?.name.nodename ?? ''}` : null;
}

/** What the links of /proc/PID/ns lead to, in sequences.c's order; null for one that can not be read. */
function links_of(task: task_struct): (ns_common | null)[] {
  const { nsproxy } = task;
  const children = nsproxy?.pid_ns_for_children;
  return [
    nsproxy?.net_ns ?? null, nsproxy?.uts_ns ?? null, nsproxy?.ipc_ns ?? null, task_active_pid_ns(task), children?.child_reaper ? children : null, task.cred.user_ns,
    nsproxy?.mnt_ns ?? null, nsproxy?.cgroup_ns ?? null, nsproxy?.time_ns ?? null, nsproxy?.time_ns_for_children ?? null,
  ];
}

/** An id as a user namespace numbers it; 65534 for one that it does not. */
export function munged(map: user_namespace['uid_map'], id: number): number {
  const found = map_id_up(map, id);
  return found === INVALID_ID ? 65534 : found;
}
