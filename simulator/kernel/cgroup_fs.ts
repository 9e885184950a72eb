import { CAP_DAC_OVERRIDE, ns_capable } from './capability.ts';
import { put_cgroup, cgroup, task_cgroup } from './cgroup.ts';
import type { cgroup_namespace } from './cgroup.ts';
import type { cred } from './cred.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { sget } from './super.ts';
import type { task_struct } from './task.ts';

/** Makes a group: mkdir in the tree. Its directory belongs to whoever makes it. Errors: EEXIST. */
export function cgroup_mkdir(k: Kernel, parent: cgroup, name: string): cgroup | Err {
  if (parent.children.has(name)) return err('EEXIST');
  const made = new cgroup(k.trace.get(parent), name);
  made.uid = k.current.cred.fsuid;
  made.gid = k.current.cred.fsgid;
  k.trace.alloc(made);
  k.trace.insert(parent.children, name, made);
  return made;
}

/** Removes a group: rmdir. Errors: EBUSY (it has groups below it, or processes that are not zombies). */
export function cgroup_rmdir(k: Kernel, group: cgroup): 0 | Err {
  const { parent } = group;
  if (!parent || group.children.size > 0 || populated(k, group)) return err('EBUSY');
  k.trace.remove(parent.children, group.name);
  put_cgroup(k, group);
  return 0;
}

function populated(k: Kernel, group: cgroup): boolean {
  for (const task of k.tasks.values()) if (task.cgroups === group && task.state !== 'zombie' && task.state !== 'dead') return true;
  return false;
}

const WRITE = listing('cgroup_procs_write', 'kernel/cgroup/cgroup.c', [
  ['find', 0, 'task = find_task_by_vpid(pid), or the writer itself for 0', 'Process {pid} is looked for, as the writer numbers it.', 'A group is joined by writing a pid into its cgroup.procs: anyone who may write there can move a process, not only the process itself.'],
  ['gone', 1, 'return -ESRCH', 'There is no such process: ESRCH.', 'It ended, or is not visible in the pid namespace of the writer.'],
  ['permit', 0, 'ret = cgroup_attach_permissions(src, dst)', 'May the opener move it from {src} to {dst}?', 'Write access to cgroup.procs of the group above both is needed, and both must be inside the cgroup namespace if the tree was mounted with nsdelegate.'],
  ['attach', 0, 'cgroup_attach_task(dst, task)', '{task} moves from {src} to {dst}.', 'All threads of the process move. No namespace changes: compare setns().'],
]);

/** Writes a pid, already resolved (null: not found), into `cgroup.procs` of a group. Errors: ESRCH, ENOENT, EACCES. */
export function cgroup_procs_write(k: Kernel, file: { readonly f_cred: cred }, ns: cgroup_namespace, dst: cgroup, pid: number, task: task_struct | null): 0 | Err {
  k.enter(WRITE, { dst, pid });
  k.at(WRITE.at.find, { pid });
  if (!task) {
    k.at(WRITE.at.gone);
    return k.leave(WRITE, err('ESRCH'));
  }
  const src = task_cgroup(task);
  k.at(WRITE.at.permit, { src, dst });
  const failed = cgroup_attach_permissions(k, file, ns, src, dst);
  if (failed) return k.leave(WRITE, failed);
  k.at(WRITE.at.attach, { task, src, dst });
  for (const thread of task.signal.threads.values()) cgroup_move(k, thread, dst);
  return k.leave(WRITE, 0);
}

/** One task changes its group. */
export function cgroup_move(k: Kernel, task: task_struct, dst: cgroup): void {
  const src = task_cgroup(task);
  if (src === dst) return;
  k.trace.write(task, 'cgroups', k.trace.get(dst));
  put_cgroup(k, src);
}

/** The group that both are in, or below. */
export function common_ancestor(a: cgroup, b: cgroup): cgroup {
  const above = new Set<cgroup>();
  for (let at: cgroup | null = a; at; at = at.parent) above.add(at);
  let at = b;
  while (!above.has(at) && at.parent) at = at.parent;
  return at;
}

/** The opener must be able to write to cgroup.procs of the common ancestor (EACCES) and, where namespaces are borders (mount option nsdelegate), see both groups (ENOENT). */
export function cgroup_attach_permissions(k: Kernel, file: { readonly f_cred: cred }, ns: cgroup_namespace, src: cgroup, dst: cgroup): 0 | Err {
  const { f_cred } = file;
  const common = common_ancestor(src, dst);
  const mode = common.uid === f_cred.fsuid || f_cred.fsuid === 0 && ns_capable(k, k.init_user_ns, CAP_DAC_OVERRIDE);
  if (!mode) return err('EACCES');
  return !ns_delegate(k) || below(ns.root_cset, src) && below(ns.root_cset, dst) ? 0 : err('ENOENT');
}

/** Was the tree mounted with `nsdelegate`? */
function ns_delegate(k: Kernel): boolean {
  return sget(k, 'cgroup2', hierarchy(k))?.s_options.includes('nsdelegate') ?? false;
}

/** The group at the top of the one tree of the machine. */
export function hierarchy(k: Kernel): cgroup {
  let top = task_cgroup(k.init_task);
  while (top.parent) top = top.parent;
  return top;
}

function below(root: cgroup, group: cgroup): boolean {
  for (let at: cgroup | null = group; at; at = at.parent) if (at === root) return true;
  return false;
}

/** Names from the root of the hierarchy down to the group. */
function chain(group: cgroup): cgroup[] {
  const up: cgroup[] = [];
  for (let at: cgroup | null = group; at; at = at.parent) up.unshift(at);
  return up;
}

/** Path of a group as seen from a cgroup namespace: `/` is its root, `/..` one above it. [E7] */
export function cgroup_path_ns(group: cgroup, ns: cgroup_namespace): string {
  const from = chain(ns.root_cset);
  const to = chain(group);
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  const parts = [...from.slice(same).map(() => '..'), ...to.slice(same).map(({ name }) => name)];
  return `/${parts.join('/')}`;
}

/** What /proc/PID/cgroup shows to a reader in `ns`. */
export function proc_cgroup_show(task: task_struct, ns: cgroup_namespace): string {
  const group = task_cgroup(task);
  const removed = group.parent !== null && group.parent.children.get(group.name) !== group;
  return `0::${cgroup_path_ns(group, ns)}${removed ? ' (deleted)' : ''}\n`;
}

/** The group at a path below another (`a/b`), for INTO_CGROUP, mount roots and cgroupfs. */
export function cgroup_lookup(from: cgroup, path: string): cgroup | null {
  let at: cgroup | null = from;
  for (const name of path.split('/')) {
    if (name === '' || !at) continue;
    at = at.children.get(name) ?? null;
  }
  return at;
}
