import { CAP_DAC_READ_SEARCH, CAP_SYS_ADMIN, capable, ns_capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { fdget_path } from './files.ts';
import type { Kernel } from './kernel.ts';
import { AT_EMPTY_PATH, AT_SYMLINK_FOLLOW, O_CLOEXEC, f_writable } from './mode.ts';
import { LOOKUP_EMPTY, LOOKUP_FOLLOW, filename_lookup } from './namei.ts';
import { ns_common } from './ns_common.ts';
import { NS_FLAG, open_namespace } from './nsfs.ts';
import { nsproxy_of } from './nsproxy.ts';
import { task_active_pid_ns } from './pid.ts';
import { atLeast } from './version.ts';

/** What name_to_handle_at(2) tells: a number that means the file also when its name is gone. `bytes` are those of f_handle. */
export interface file_handle { readonly type: number; readonly bytes: Uint8Array; readonly mnt_id: number }

/** FILEID_NSFS and FILEID_INVALID */
const FILEID_NSFS = 0xf1;
export const FILEID_INVALID = 0xff;
export const MAX_HANDLE_SZ = 128;
/** ns_id (8 bytes), the type as its CLONE_NEW flag (4), inode number (4). */
export const NSFS_FID_SIZE = 16;
const AT_HANDLE_FID = 0x200;
const AT_HANDLE_MNT_ID_UNIQUE = 0x1;
/** A descriptor that means the root of nsfs. */
const FD_NSFS_ROOT = -10003;

/**
 * name_to_handle_at(2), for the files of namespaces; the model has no handles of other file systems (KERNEL.md 8, [D11]). Errors: EINVAL, those of
 * the walk, EOPNOTSUPP.
 */
export function sys_name_to_handle_at(k: Kernel, dfd: number, name: string, flags: number): file_handle | Err {
  if ((flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH | AT_HANDLE_FID | AT_HANDLE_MNT_ID_UNIQUE)) !== 0) return err('EINVAL');
  const at = filename_lookup(k, dfd, name, (flags & AT_SYMLINK_FOLLOW ? LOOKUP_FOLLOW : 0) | (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0));
  if (isErr(at)) return at;
  const ns = at.dentry.d_inode.i_object;
  if (!(ns instanceof ns_common) || !atLeast(k.version, '6.18')) return err('EOPNOTSUPP');
  const bytes = new Uint8Array(NSFS_FID_SIZE);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(ns.ns_id), true);
  view.setUint32(8, NS_FLAG[ns.kind], true);
  view.setUint32(12, ns.inum, true);
  return { type: FILEID_NSFS, bytes, mnt_id: at.mnt.mnt_id };
}

/**
 * open_by_handle_at(2): `read` gives the handle itself when it is its turn. A namespace that is neither the caller's nor below a user namespace in
 * which it has CAP_SYS_ADMIN is as good as gone. Errors: EBADF, EPERM, ESTALE, EMFILE.
 */
export function sys_open_by_handle_at(k: Kernel, mount_fd: number, read: () => { readonly type: number; readonly bytes: Uint8Array } | Err, flags: number): number {
  const nsfs = mount_fd === FD_NSFS_ROOT;
  const at = nsfs ? null : fdget_path(k, mount_fd);
  if (isErr(at)) return at;
  const in_nsfs = nsfs || at?.mnt.mnt_sb.s_type === 'nsfs';
  if (!in_nsfs && !capable(k, CAP_DAC_READ_SEARCH)) return err('EPERM');
  const handle = read();
  if (isErr(handle)) return handle;
  const ns = in_nsfs ? decode(k, handle) : null;
  if (!ns) return err('ESTALE');
  return f_writable(flags) ? err('EPERM') : open_namespace(k, ns, (flags & O_CLOEXEC) !== 0);
}

function decode(k: Kernel, { type, bytes }: { readonly type: number; readonly bytes: Uint8Array }): ns_common | null {
  if (type !== FILEID_NSFS || bytes.length < NSFS_FID_SIZE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ns = k.inums.get(view.getUint32(12, true));
  if (!ns || BigInt(ns.ns_id) !== view.getBigUint64(0, true) || NS_FLAG[ns.kind] !== view.getUint32(8, true)) return null;
  return current_in_namespace(k, ns) || ns_capable(k, ns.owner ?? k.init_user_ns, CAP_SYS_ADMIN) ? ns : null;
}

function current_in_namespace(k: Kernel, ns: ns_common): boolean {
  const task = k.current;
  if (ns.kind === 'user') return task.cred.user_ns === (ns as unknown);
  if (ns.kind === 'pid') return task_active_pid_ns(task) === (ns as unknown);
  const own = nsproxy_of(task);
  return ns === own.uts_ns || ns === own.ipc_ns || ns === own.mnt_ns || ns === own.net_ns || ns === own.cgroup_ns || ns === own.time_ns;
}
