import { cgroup_namespace } from './cgroup.ts';
import type { cgroup } from './cgroup.ts';
import type { cred } from './cred.ts';
import type { Kernel } from './kernel.ts';
import { fs_context } from './fsopen.ts';
import { mnt_namespace } from './mnt.ts';
import type { mount } from './mount.ts';
import type { mqueue_inode } from './mqueue.ts';
import { NS_TYPES } from './ns_common.ts';
import type { ns_common } from './ns_common.ts';
import type { nsfs_stash } from './nsfs_pin.ts';
import { dentry_ns } from './nsfs_pin.ts';
import type { nsproxy } from './nsproxy.ts';
import type { Counted, KObject } from './object.ts';
import { pid, pid_namespace } from './pid.ts';
import type { pipe_inode_info } from './pipe.ts';
import type { socket } from './socket.ts';
import type { files_struct, fs_struct, mm_struct, task_struct } from './task.ts';
import type { ucounts } from './ucount.ts';
import type { file, path, super_block } from './vfs.ts';

/**
 * Told of each counted reference: who holds it (null: the kernel itself, as it holds what is never freed), in which slot, what it holds,
 * and how many references that slot is worth.
 */
export type Visit = (holder: KObject | null, slot: string, to: Counted | null, n: number) => void;

/** Kinds whose count is explained completely by `references`. */
export const COUNTED_KINDS: ReadonlySet<string> = new Set([
  'nsproxy', 'cred', 'ucounts', ...NS_TYPES, 'fs_struct', 'files_struct', 'file', 'mount', 'super_block', 'nsfs file', 'cgroup group', 'sem_undo_list', 'mm', 'sighand_struct', 'struct pid',
]);

/** The slots of an nsproxy, in the order in which pictures show them. Each is worth one reference of what it points to. */
export const NSPROXY_SLOTS = ['uts_ns', 'ipc_ns', 'mnt_ns', 'pid_ns_for_children', 'net_ns', 'time_ns', 'time_ns_for_children', 'cgroup_ns', 'user_ns'] as const;

function live<T extends KObject>(k: Kernel, kind: string): Iterable<T> {
  return (k.trace.live.get(kind) ?? []) as Iterable<T>;
}

/** Every counted reference of the kernel's state, holders in order of kind and id (KERNEL.md 7.1). */
export function references(k: Kernel, visit: Visit): void {
  for (const task of live<task_struct>(k, 'task')) of_task(task, visit);
  for (const proxy of live<nsproxy>(k, 'nsproxy')) for (const slot of NSPROXY_SLOTS) counted_ns(k, proxy, slot, proxy[slot], visit);
  for (const made of live<cred>(k, 'cred')) {
    visit(made, 'user_ns', made.user_ns, 1);
    visit(made, 'ucounts', made.ucounts, 1);
  }
  for (const of of live<pid>(k, 'struct pid')) {
    const last = of.numbers[of.level];
    counted_ns(k, of, 'numbers', last?.ns ?? null, visit);
    // Its numbers lead to it as long as it is used as process, group or session.
    if (last?.ns.idr.get(last.nr) === of) visit(last.ns, `idr ${last.nr}`, of, 1);
  }
  for (const type of NS_TYPES) for (const ns of live<ns_common>(k, type)) of_namespace(k, ns, visit);
  for (const counters of live<ucounts>(k, 'ucounts')) visit(counters, 'ns', counters.ns, 1);
  for (const stash of live<nsfs_stash>(k, 'nsfs file')) counted_ns(k, stash, 'ns', stash.ns, visit);
  of_files(k, visit);
  of_mounts(k, visit);
  for (const group of live<cgroup>(k, 'cgroup group')) {
    visit(group, 'parent', group.parent, 1);
    for (const child of group.children.values()) visit(group, 'children', child, 1);
  }
  for (const sock of live<socket>(k, 'socket')) visit(sock, 'net', sock.net, 1);
  for (const queue of live<mqueue_inode>(k, 'mqueue')) visit(queue, 'charged', queue.charged?.ucounts ?? null, 1);
  of_kernel(k, visit);
}

/** init_pid_ns is not counted (until 7.x). */
function counted_ns(k: Kernel, holder: KObject | null, slot: string, ns: ns_common | null, visit: Visit): void {
  if (ns !== k.init_pid_ns) visit(holder, slot, ns, 1);
}

function of_task(task: task_struct, visit: Visit): void {
  visit(task, 'nsproxy', task.nsproxy, 1);
  // The pointers cred and real_cred.
  visit(task, 'cred', task.cred, 2);
  visit(task, 'fs', task.fs, 1);
  visit(task, 'files', task.files, 1);
  visit(task, 'mm', task.mm, 1);
  visit(task, 'sighand', task.sighand, 1);
  visit(task, 'cgroups', task.cgroups, 1);
  visit(task, 'sysvsem', task.sysvsem as Counted | null, 1);
}

function of_namespace(k: Kernel, ns: ns_common, visit: Visit): void {
  if (ns.kind === 'user') visit(ns, 'parent', ns.owner, 1);
  else visit(ns, 'user_ns', ns.owner, 1);
  visit(ns, 'ucounts', ns.ucounts, 1);
  if (ns instanceof pid_namespace) counted_ns(k, ns, 'parent', ns.parent, visit);
  if (ns instanceof cgroup_namespace) visit(ns, 'root_cset', ns.root_cset, 1);
}

/** A place holds its mount, and the file of a namespace that it shows. */
function of_path(k: Kernel, holder: KObject, slot: string, at: path | null, visit: Visit): void {
  if (!at) return;
  visit(holder, slot, at.mnt, 1);
  const ns = dentry_ns(at.dentry);
  if (ns) visit(holder, slot, k.nsfs.get(ns) ?? null, 1);
}

function of_files(k: Kernel, visit: Visit): void {
  for (const mm of live<mm_struct>(k, 'mm')) {
    visit(mm, 'user_ns', mm.user_ns, 1);
    of_path(k, mm, 'exe', mm.exe, visit);
  }
  for (const table of live<files_struct>(k, 'files_struct')) for (const [fd, of] of table.fd.map) visit(table, `fd ${fd}`, of, 1);
  for (const of of live<file>(k, 'file')) {
    visit(of, 'f_cred', of.f_cred, 1);
    if (of.f_op === 'detached mount' && of.private_data instanceof mnt_namespace && !of.private_data.freed) visit(of, 'private_data', of.private_data, 1);
    if (of.private_data instanceof fs_context) visit(of.private_data, 'sb', of.private_data.sb, 1);
    of_path(k, of, 'f_path', of.f_path, visit);
    if (of.private_data instanceof pid) visit(of, 'private_data', of.private_data, 1);
  }
  // Files on their way: sent through a socket, or waiting in open for the other end of a FIFO.
  for (const sock of live<socket>(k, 'socket')) for (const { files } of sock.queue) for (const of of files) visit(sock, 'queue', of, 1);
  for (const pipe of live<pipe_inode_info>(k, 'pipe')) for (const { file: of } of pipe.openers.values()) visit(pipe, 'openers', of, 1);
  for (const fs of live<fs_struct>(k, 'fs_struct')) {
    of_path(k, fs, 'root', fs.root, visit);
    of_path(k, fs, 'pwd', fs.pwd, visit);
  }
}

function of_mounts(k: Kernel, visit: Visit): void {
  for (const mnt of live<mount>(k, 'mount')) {
    visit(mnt, 'mnt_sb', mnt.mnt_sb, 1);
    // One that was left on a mount that is unmounted itself is held by that, and no longer holds it.
    const left = mnt.umounted && mnt.mnt_parent;
    if (left) visit(mnt.mnt_parent, 'mnt_mounts', mnt, 1);
    else visit(mnt, 'mnt_parent', mnt.mnt_parent, 1);
    if (mnt.mnt_ns) visit(mnt.mnt_ns, 'mounts', mnt, 1);
    const ns = dentry_ns(mnt.mnt_root);
    if (ns) visit(mnt, 'mnt_root', k.nsfs.get(ns) ?? null, 1);
  }
  for (const sb of live<super_block>(k, 'super_block')) {
    visit(sb, 's_user_ns', sb.s_user_ns, 1);
    if (sb.s_fs_info instanceof pid_namespace) counted_ns(k, sb, 's_fs_info', sb.s_fs_info, visit);
  }
}

/** What is never freed: initial namespaces, the root of the cgroup tree, mounts of file systems that no program mounts. */
function of_kernel(k: Kernel, visit: Visit): void {
  const seen = new Set<ns_common>([k.init_user_ns]);
  for (const slot of NSPROXY_SLOTS) {
    const ns = k.init_nsproxy[slot];
    if (ns && ns !== k.init_pid_ns) seen.add(ns);
  }
  for (const ns of seen) visit(null, `init_${ns.kind}_ns`, ns, 1);
  visit(null, 'init_struct_pid', k.init_task.thread_pid, 1);
  for (const mnt of k.kern_mounts.values()) visit(null, 'kern_mount', mnt, 1);
  for (const group of live<cgroup>(k, 'cgroup group')) if (!group.parent) visit(null, 'cgrp_dfl_root', group, 1);
}
