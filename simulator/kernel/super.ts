import { ops_of } from './file_system.ts';
import { fsnotify_sb_delete } from './fsnotify.ts';
import type { Kernel } from './kernel.ts';
import type { KObject } from './object.ts';
import { put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';
import { super_block } from './vfs.ts';
import type { dentry } from './vfs.ts';

export const SB_RDONLY = 1;
/** Never mounted by programs: the file systems behind pipes and sockets. */
export const SB_NOUSER = 0x80000000;

/** The file system instance of this type that shows `key`; null when there is none. */
export function sget(k: Kernel, type: string, key: KObject | null): super_block | null {
  for (const sb of k.super_blocks.values()) if (sb.s_type === type && sb.s_fs_info === key) return sb;
  return null;
}

/** A new instance, with one reference, its root made by `fill`. */
export function alloc_super(k: Kernel, type: string, user_ns: user_namespace, fs_info: KObject | null, fill: (sb: super_block) => void): super_block {
  let dev = FIRST_DEV;
  while (k.super_blocks.has(dev)) dev++;
  const sb = new super_block(type, user_ns, dev);
  sb.s_fs_info = fs_info;
  k.trace.get(user_ns);
  fill(sb);
  k.trace.alloc(sb);
  k.trace.insert(k.super_blocks, dev, sb);
  return sb;
}

/** Lowest minor number of file systems without a device. */
const FIRST_DEV = 1;

/** One mount more. */
export function get_super(k: Kernel, sb: super_block): super_block {
  return k.trace.get(sb);
}

/** One mount less; the last one ends the instance. */
export function deactivate_super(k: Kernel, sb: super_block): void {
  if (!k.trace.put(sb)) return;
  fsnotify_sb_delete(k, sb);
  ops_of(sb.s_type)?.kill_sb?.(k, sb);
  k.trace.remove(k.super_blocks, sb.s_dev);
  put_user_ns(k, sb.s_user_ns);
  if (sb.s_root.d_parent === null) free_tree(k, sb.s_root);
  k.trace.free(sb);
}

/** Files and names of an instance end with it: without a mount nobody can come to them. Other names of a file end only once. */
function free_tree(k: Kernel, of: dentry): void {
  for (const child of of.d_children.values()) free_tree(k, child);
  for (const object of [of.d_inode, of]) if (object.id !== 0 && !object.freed) k.trace.free(object);
}

/** Options of `mount -o` that the file system itself reads: `mode=755` → `['mode', '755']`. */
export function parse_options(data: string): [string, string | null][] {
  return data.split(',').filter((part) => part !== '').map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? [part, null] : [part.slice(0, at), part.slice(at + 1)];
  });
}

