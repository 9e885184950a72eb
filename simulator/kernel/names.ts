import { cred } from './cred.ts';
import { errnoName } from './errno.ts';
import { mount } from './mount.ts';
import { ns_common } from './ns_common.ts';
import { nsproxy } from './nsproxy.ts';
import type { KObject } from './object.ts';
import { pid } from './pid.ts';
import { task_struct } from './task.ts';
import { dentry, inode, super_block } from './vfs.ts';

/** A, B … Z, AA, AB …: how people tell objects of one kind apart. `n` counts from 1. */
export function letters(n: number): string {
  let text = '';
  for (let left = n; left > 0; left = Math.floor((left - 1) / 26)) text = String.fromCharCode(65 + (left - 1) % 26) + text;
  return text;
}

/**
 * What an object is called in pictures and sentences. It does not change with what else comes and goes: letters follow
 * the order of allocation within the kind, and are not used again. Tasks are called by their command and their number in the initial pid namespace.
 */
export function object_name(of: KObject): string {
  if (of instanceof task_struct) return of.thread_pid ? `${of.comm} ${task_nr(of)}` : `${of.comm} (new)`;
  if (of instanceof mount) return `mount ${of.mnt_id}`;
  if (of instanceof pid) return `pid ${of.numbers[0]?.nr ?? of.id}`;
  if (of instanceof nsproxy) return `nsproxy ${of.id}`;
  if (of instanceof ns_common || of instanceof cred) return `${of.kind} ${letters(of.id)}`;
  if (of instanceof dentry) return `"${of.d_name}"`;
  if (of instanceof inode) return `inode ${of.i_ino}`;
  if (of instanceof super_block) return `${of.s_type} ${of.s_dev}`;
  return of.id === 0 ? of.kind : `${of.kind} ${letters(of.id)}`;
}

/** The number of a task in the initial pid namespace, where every task has one; its object id while it has none. */
export function task_nr(of: task_struct): number {
  return of.thread_pid?.numbers[0]?.nr ?? of.id;
}

/** `0`, `12` or `-EPERM`. */
export function result_text(value: number): string {
  const name = value < 0 ? errnoName(value) : null;
  return name === null ? String(value) : `-${name}`;
}
