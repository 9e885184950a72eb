import { CAP_SETFCAP, cap_full_set, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import type { bprm_file } from './exec_cred.ts';
import type { Kernel } from './kernel.ts';
import { MNT_NOSUID, check_mnt } from './mount.ts';
import { capable_wrt_inode_uidgid } from './permission.ts';
import { Reader, Writer } from './uaccess.ts';
import { from_kuid, make_kuid } from './uidgid.ts';
import { in_userns } from './user.ts';
import type { inode, path } from './vfs.ts';

/** The attribute that a program's capabilities are kept in. */
export const CAPS = 'security.capability';

/** struct vfs_cap_data begins with its revision and a flag; sizes of revisions 1 to 3. The third ends with whose root it counts for. */
const REVISION = 0xff000000, EFFECTIVE = 1;
const SIZES: ReadonlyMap<number, number> = new Map([[0x01000000, 12], [0x02000000, 20], [0x03000000, 24]]);
const REVISION_2 = 0x02000000, REVISION_3 = 0x03000000;

interface vfs_caps { readonly revision: number; readonly effective: boolean; readonly permitted: bigint; readonly inheritable: bigint; readonly rootid: number }

function parse(bytes: Uint8Array): vfs_caps | null {
  if (bytes.length < 4) return null;
  const read = new Reader(bytes);
  const magic = read.u32();
  const revision = (magic & REVISION) >>> 0;
  if (SIZES.get(revision) !== bytes.length) return null;
  let permitted = 0n, inheritable = 0n;
  for (let at = 0n; at < (bytes.length < 20 ? 1n : 2n); at++) {
    permitted |= BigInt(read.u32()) << at * 32n;
    inheritable |= BigInt(read.u32()) << at * 32n;
  }
  return { revision, effective: (magic & EFFECTIVE) !== 0, permitted, inheritable, rootid: revision === REVISION_3 ? read.u32() : 0 };
}

/** The same of another revision. */
function with_root(bytes: Uint8Array, revision: number, rootid: number): Uint8Array {
  const to = new Writer().u32((new Reader(bytes).u32() & EFFECTIVE) + revision).fixed(bytes.subarray(4, 20));
  return (revision === REVISION_3 ? to.u32(rootid) : to).done();
}

/**
 * Capabilities that the running task gives a program: as they are if it may do so on this file system at large, else those that count for its own root only.
 * Errors: EINVAL, EPERM.
 */
export function cap_convert_nscap(k: Kernel, of: inode, value: Uint8Array): Uint8Array | Err {
  const caps = parse(value);
  if (!caps || caps.revision < REVISION_2) return err('EINVAL');
  if (!capable_wrt_inode_uidgid(k, of, CAP_SETFCAP)) return err('EPERM');
  const { s_user_ns } = of.i_sb;
  if (caps.revision === REVISION_2 && ns_capable(k, s_user_ns, CAP_SETFCAP)) return value;
  const root = make_kuid(k.current.cred.user_ns, caps.rootid);
  const rootid = root < 0 ? -1 : from_kuid(s_user_ns, root);
  return rootid < 0 ? err('EINVAL') : with_root(value, REVISION_3, rootid);
}

/** How the running task sees a program's capabilities: its own and its ancestors' root are no other root. Errors: EOVERFLOW. */
export function cap_inode_getsecurity(k: Kernel, of: inode, value: Uint8Array): Uint8Array | Err {
  const caps = parse(value);
  if (!caps || caps.revision < REVISION_2) return err('EINVAL');
  const root = make_kuid(of.i_sb.s_user_ns, caps.rootid);
  const mapped = root < 0 ? -1 : from_kuid(k.current.cred.user_ns, root);
  if (mapped > 0) return with_root(value, REVISION_3, mapped);
  return rootid_owns_currentns(k, root) ? with_root(value, REVISION_2, 0) : err('EOVERFLOW');
}

/** Is this the root of the running task's user namespace, or of one above? */
function rootid_owns_currentns(k: Kernel, kroot: number): boolean {
  if (kroot < 0) return false;
  for (let ns = k.current.cred.user_ns; ; ns = ns.parent) {
    if (from_kuid(ns, kroot) === 0) return true;
    if (!ns.parent) return false;
  }
}

/**
 * The capabilities that a program's file gives; null: none. Errors: EPERM when the task may not have all of them though the program, which does not ask, counts on it.
 */
export function get_file_caps(k: Kernel, { mnt, dentry }: path): bprm_file['caps'] | Err {
  const value = dentry.d_inode.i_xattrs?.[CAPS];
  const caps = value ? parse(value) : null;
  const { cred } = k.current;
  const { s_user_ns } = mnt.mnt_sb;
  if (!caps || (mnt.mnt_flags & MNT_NOSUID) !== 0 || !check_mnt(k, mnt) || !in_userns(s_user_ns, cred.user_ns)) return null;
  if (!rootid_owns_currentns(k, make_kuid(s_user_ns, caps.rootid))) return null;
  const permitted = caps.permitted & cap_full_set(k), inheritable = caps.inheritable & cap_full_set(k);
  const gained = (cred.cap_bset & permitted) | (cred.cap_inheritable & inheritable);
  return caps.effective && (permitted & ~gained) !== 0n ? err('EPERM') : { permitted, inheritable, effective: caps.effective };
}
