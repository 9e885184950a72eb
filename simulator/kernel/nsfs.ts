import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import { register_filesystem } from './file_system.ts';
import { register_file_ops } from './file_ops.ts';
import type { IoctlResult } from './file_ops.ts';
import { alloc_file, fd_install, get_unused_fd } from './files.ts';
import { CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS } from './flags.ts';
import { register_inode_ops } from './inode_ops.ts';
import { kern_mount } from './kern_mount.ts';
import type { Kernel } from './kernel.ts';
import { mnt_namespace } from './mnt.ts';
import { S_IFREG } from './mode.ts';
import { ns_common } from './ns_common.ts';
import type { NsType } from './ns_common.ts';
import { pid_namespace, task_active_pid_ns } from './pid.ts';
import type { task_struct } from './task.ts';
import { from_kuid_munged } from './uidgid.ts';
import { in_userns, user_namespace } from './user.ts';
import { atLeast } from './version.ts';
import type { file, path } from './vfs.ts';
import { dentry, inode } from './vfs.ts';

/** The flag of each type: what NS_GET_NSTYPE answers. */
export const NS_FLAG: Readonly<Record<NsType, number>> = {
  uts: CLONE_NEWUTS, ipc: CLONE_NEWIPC, mnt: CLONE_NEWNS, pid: CLONE_NEWPID, net: CLONE_NEWNET, cgroup: CLONE_NEWCGROUP, time: CLONE_NEWTIME, user: CLONE_NEWUSER,
};

/** The file of a namespace. While something holds it, it is always the same. */
export function ns_get_path(k: Kernel, ns: ns_common): path {
  const mnt = kern_mount(k, 'nsfs');
  const stash = k.nsfs.get(ns);
  if (stash) return { mnt, dentry: stash.dentry };
  const node = new inode(mnt.mnt_sb, ns.inum, S_IFREG | 0o444, 'nsfs');
  node.i_immutable = true;
  node.i_object = ns;
  return { mnt, dentry: new dentry(null, `${ns.kind}:[${ns.inum}]`, node) };
}

/** The namespace that an open file stands for; null for any other file. */
export function get_proc_ns(of: file): ns_common | null {
  return of.f_op === 'nsfs' && of.private_data instanceof ns_common ? of.private_data : null;
}

/** A new descriptor for a namespace. Errors: EMFILE. */
export function open_namespace(k: Kernel, ns: ns_common, cloexec = true): number {
  const fd = get_unused_fd(k);
  if (fd < 0) return fd;
  const of = alloc_file(k, ns_get_path(k, ns), 0, 'nsfs');
  k.trace.write(of, 'private_data', ns);
  fd_install(k, fd, of, cloexec);
  return fd;
}

const NSIO = 0xb7;
const number = (cmd: number): number => cmd & 0xff;
const magic = (cmd: number): number => (cmd >> 8) & 0xff;

/** ioctl(2) on a namespace file (KERNEL.md 8). Errors: ENOTTY, EINVAL, EPERM, ESRCH, ENOENT, EMFILE. */
function ns_ioctl(k: Kernel, of: file, cmd: number, arg: unknown): IoctlResult {
  const ns = get_proc_ns(of);
  if (!ns || magic(cmd) !== NSIO || !atLeast(k.version, '4.19')) return err('ENOTTY');
  switch (number(cmd)) {
    case 1: return get_owner(k, ns);
    case 2: return get_parent(k, ns);
    case 3: return NS_FLAG[ns.kind];
    case 4: return ns instanceof user_namespace ? int32(from_kuid_munged(k.current.cred.user_ns, ns.owner_uid), arg) : err('EINVAL');
    case 5: return !atLeast(k.version, '6.12') ? err('ENOTTY') : ns instanceof mnt_namespace ? int64(ns.ns_id, arg) : err('EINVAL');
    case 6: case 7: case 8: case 9: return atLeast(k.version, '6.12') ? translate(k, ns, number(cmd), arg) : err('ENOTTY');
    case 10: case 11: case 12: return atLeast(k.version, '6.12') ? mnt_info(k, ns, number(cmd), arg) : err('ENOTTY');
    case 13: return atLeast(k.version, '6.18') ? int64(ns.ns_id, arg) : err('ENOTTY');
    default: return err('ENOTTY');
  }
}

/** What is written to the caller's memory; a null pointer is EFAULT. */
function int32(value: number, arg: unknown): IoctlResult {
  return arg === 0 || arg === null ? err('EFAULT') : { value: 0, out: little_endian(value, 4) };
}
function int64(value: number, arg: unknown): IoctlResult {
  return arg === 0 || arg === null ? err('EFAULT') : { value: 0, out: little_endian(value, 8) };
}
function little_endian(value: number, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let i = 0, rest = value; i < length; i++, rest = Math.floor(rest / 256)) out[i] = rest % 256;
  return out;
}

/** The user namespace that owns it, if that is the caller's or below. [D1] */
function get_owner(k: Kernel, ns: ns_common): number {
  const { owner } = ns;
  return owner && in_userns(k.current.cred.user_ns, owner) ? open_namespace(k, owner) : err('EPERM');
}

/** The namespace above, if that is the caller's or below; there is one for pid and user only. [D2] */
function get_parent(k: Kernel, ns: ns_common): number {
  if (ns instanceof user_namespace) return get_owner(k, ns);
  if (!(ns instanceof pid_namespace)) return err('EINVAL');
  const active = task_active_pid_ns(k.current);
  for (let at = ns.parent; at; at = at.parent) if (at === active) return ns.parent ? open_namespace(k, ns.parent) : err('EPERM');
  return err('EPERM');
}

/** Pids from and into this pid namespace: 6, 7 from it into the caller's, 8, 9 the other way; 7, 9 of thread groups. [D7] */
function translate(k: Kernel, ns: ns_common, which: number, arg: unknown): number {
  if (!(ns instanceof pid_namespace)) return err('EINVAL');
  const own = task_active_pid_ns(k.current);
  const [from, to] = which <= 7 ? [ns, own] : [own, ns];
  const task = from.idr.get(Number(arg))?.pid_task;
  if (!task) return err('ESRCH');
  const nr = nr_in(which === 7 || which === 9 ? task.group_leader : task, to);
  return nr === 0 ? err('ESRCH') : nr;
}

/** A task's number in a pid namespace; 0 when it has none there. */
export function nr_in(task: task_struct, ns: pid_namespace): number {
  const at = task.thread_pid?.numbers[ns.level];
  return at?.ns === ns ? at.nr : 0;
}

/** `struct mnt_ns_info`: size, number of mounts, id. */
function mnt_ns_info(ns: mnt_namespace): Uint8Array {
  const out = new Uint8Array(16);
  out.set(little_endian(16, 4), 0);
  out.set(little_endian(ns.mounts.size, 4), 4);
  out.set(little_endian(ns.ns_id, 8), 8);
  return out;
}

/** 10: about this mount namespace; 11, 12: a descriptor of the next and the previous one. [D8] */
function mnt_info(k: Kernel, ns: ns_common, which: number, arg: unknown): IoctlResult {
  if (!(ns instanceof mnt_namespace)) return err('EINVAL');
  const wants = arg !== 0 && arg !== null;
  if (which === 10) return wants ? { value: 0, out: mnt_ns_info(ns) } : err('EINVAL');
  if (!ns_capable(k, k.init_user_ns, CAP_SYS_ADMIN) || task_active_pid_ns(k.current) !== k.init_pid_ns) return err('EPERM');
  const all = [...k.trace.live.get('mnt') ?? []].filter((one): one is mnt_namespace => one instanceof mnt_namespace && !one.anonymous);
  all.sort((a, b) => a.ns_id - b.ns_id || a.id - b.id);
  const found = all[all.indexOf(ns) + (which === 11 ? 1 : -1)];
  if (!found) return err('ENOENT');
  const fd = open_namespace(k, found);
  return fd < 0 || !wants ? fd : { value: fd, out: mnt_ns_info(found) };
}

register_inode_ops('nsfs', { f_op: 'nsfs', setattr: () => err('EPERM') });
register_file_ops('nsfs', {
  open(k, of): 0 | Err {
    const node = of.f_path?.dentry.d_inode;
    k.trace.write(of, 'private_data', node?.i_object ?? null);
    return 0;
  },
  ioctl: ns_ioctl,
});
register_filesystem({ name: 'nsfs', userns_mount: false, magic: 0x6e736673, get_tree: () => err('EINVAL') });
