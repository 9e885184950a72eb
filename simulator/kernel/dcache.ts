import type { Kernel } from './kernel.ts';
import { f_op } from './file_ops.ts';
import { dentry_ns } from './nsfs_pin.ts';
import type { dentry, file, path } from './vfs.ts';

/** The path of a place as seen from `root`; `reachable` is false when it lies outside of what can be seen from there. */
export interface Prepended { readonly text: string; readonly reachable: boolean; readonly deleted: boolean }

export function prepend_path(at: path, root: path): Prepended {
  const names: string[] = [];
  let { mnt, dentry } = at;
  let reachable = true;
  while (mnt !== root.mnt || dentry !== root.dentry) {
    if (dentry === mnt.mnt_root) {
      if (!mnt.mnt_parent || !mnt.mnt_mountpoint) {
        reachable = mnt.mnt_ns !== null && mnt.mnt_ns.root === mnt;
        if (mnt !== root.mnt) reachable = false;
        break;
      }
      dentry = mnt.mnt_mountpoint;
      mnt = mnt.mnt_parent;
      continue;
    }
    if (!dentry.d_parent) {
      reachable = false;
      break;
    }
    names.push(dentry.d_name);
    dentry = dentry.d_parent;
  }
  return { text: `/${names.reverse().join('/')}`, reachable, deleted: at.dentry.d_unlinked };
}

/** As in /proc/PID/fd and exe: what lies outside shows from where it is attached; removed files are marked. */
export function d_path(at: path, root: path): string {
  if (nameless(at)) return at.dentry.d_name;
  const { text, deleted } = prepend_path(at, root);
  return deleted ? `${text} (deleted)` : text;
}

/** Is it a pipe or a namespace that is not mounted: without a place in any tree? */
function nameless({ mnt, dentry }: path): boolean {
  return dentry.d_parent === null && dentry !== dentry.d_inode.i_sb.s_root && !(dentry === mnt.mnt_root && mnt.mnt_parent);
}

/** What /proc/PID/fd/N and fdinfo call an open file. */
export function file_path(k: Kernel, of: file, root: path): string {
  return of.f_path ? d_path(of.f_path, root) : f_op(of).name?.(k, of) ?? 'anon_inode:[unknown]';
}

/** Path within its file system: the fourth field of mountinfo. */
export function dentry_path(of: dentry): string {
  const ns = dentry_ns(of);
  if (ns) return `${ns.kind}:[${ns.inum}]`;
  const names: string[] = [];
  for (let d: dentry | null = of; d.d_parent; d = d.d_parent) names.push(d.d_name);
  return `/${names.reverse().join('/')}${of.d_unlinked ? '//deleted' : ''}`;
}
