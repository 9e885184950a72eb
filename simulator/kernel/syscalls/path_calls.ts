import { sys_chdir, sys_chroot, sys_fchdir, sys_getcwd, sys_umask } from '../chroot.ts';
import { err, isErr, type Err } from '../errno.ts';
import { FILEID_INVALID, MAX_HANDLE_SZ, sys_name_to_handle_at, sys_open_by_handle_at } from '../file_handle.ts';
import { sys_linkat, sys_mkdirat, sys_mknodat, sys_readlinkat, sys_renameat2, sys_symlinkat, sys_unlinkat } from '../fs_dir.ts';
import { AT_FDCWD, AT_REMOVEDIR, AT_SYMLINK_NOFOLLOW } from '../mode.ts';
import { sys_mount } from '../namespace.ts';
import { sys_pivot_root } from '../pivot_root.ts';
import { sys_faccessat2, sys_fchmodat, sys_fchownat, sys_newfstat, sys_newfstatat, sys_statfs, sys_truncate, sys_utimensat } from '../stat.ts';
import type { kstat, kstatfs } from '../stat.ts';
import { encode } from '../text.ts';
import { Reader, Writer } from '../uaccess.ts';
import { sys_umount } from '../umount.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, path, path_or_null, pointer, row, uint } from './table.ts';

const NSEC = 1_000_000_000n;

function timespec(to: Writer, time: bigint): void {
  to.u64(time / NSEC).u64(time % NSEC);
}

/** struct stat of x86-64: 144 bytes. */
function stat_bytes(of: kstat | Err): Uint8Array | Err {
  if (isErr(of)) return of;
  const to = new Writer().u64(of.dev).u64(of.ino).u64(of.nlink).u32(of.mode).u32(of.uid).u32(of.gid).u32(0).u64(of.rdev).u64(of.size).u64(of.blksize).u64(of.blocks);
  for (const time of [of.atime, of.mtime, of.ctime]) timespec(to, time);
  return to.zeros(24).done();
}

/** struct statx: what the model knows of it, and says so in the mask. 256 bytes. */
function statx_bytes(of: kstat | Err): Uint8Array | Err {
  if (isErr(of)) return of;
  const BASIC_STATS = 0x7ff;
  const MNT_ID = 0x1000;
  const MOUNT_ROOT = 0x2000;
  const to = new Writer().u32(BASIC_STATS | MNT_ID).u32(of.blksize).u64(of.mount_root ? MOUNT_ROOT : 0).u32(of.nlink).u32(of.uid).u32(of.gid).u16(of.mode).u16(0)
    .u64(of.ino).u64(of.size).u64(of.blocks).u64(MOUNT_ROOT);
  const times = [of.atime, null, of.ctime, of.mtime];
  for (const time of times) to.u64(time === null ? 0 : time / NSEC).u32(time === null ? 0 : Number(time % NSEC)).u32(0);
  return to.u32(of.rdev >> 8).u32(of.rdev & 0xff).u32(of.dev >> 8).u32(of.dev & 0xff).u64(of.mnt_id).zeros(256 - 152).done();
}

/** struct statfs of x86-64: 120 bytes. */
function statfs_bytes(of: kstatfs | Err): Uint8Array | Err {
  if (isErr(of)) return of;
  const NAME_MAX = 255;
  return new Writer().u64(of.type).u64(of.bsize).u64(of.blocks).u64(of.bfree).u64(of.bfree).u64(of.files).u64(of.ffree).u32(of.dev).u32(0).u64(NAME_MAX).u64(of.bsize).u64(of.flags).zeros(32).done();
}

function getcwd(call: Call, address: number, size: number): Result {
  const name = sys_getcwd(call.k);
  if (isErr(name)) return name;
  const bytes = new Writer().fixed(encode(name)).u8(0).done();
  return bytes.length > size ? err('ERANGE') : answer(call, address, bytes, bytes.length);
}

function readlinkat(call: Call, dfd: number, name: string, address: number, size: number): Result {
  if (size <= 0) return err('EINVAL');
  const target = sys_readlinkat(call.k, dfd, name);
  if (isErr(target)) return target;
  const bytes = encode(target).subarray(0, size);
  return answer(call, address, bytes, bytes.length);
}

const UTIME_NOW = (1 << 30) - 1;
const UTIME_OMIT = (1 << 30) - 2;

/** Two timespecs, as null for now and undefined for left alone. The address 0 means now. */
function utimensat(call: Call, dfd: number, name: string | null, address: number, flags: number): Result {
  if (address === 0) return sys_utimensat(call.k, dfd, name, null, null, flags);
  const bytes = given(call, address, 32);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const times = [0, 1].map(() => ({ seconds: reader.i64(), nanoseconds: reader.i64() }));
  const special = (n: number): boolean => n === UTIME_NOW || n === UTIME_OMIT;
  if (times.some(({ nanoseconds: n }) => !special(n) && (n < 0 || n >= Number(NSEC)))) return err('EINVAL');
  const [atime, mtime] = times.map(({ seconds, nanoseconds: n }) => (n === UTIME_NOW ? null : n === UTIME_OMIT ? undefined : BigInt(seconds) * NSEC + BigInt(n)));
  return sys_utimensat(call.k, dfd, name, atime, mtime, flags);
}

/** struct file_handle: the room in bytes, which becomes the size; the type; the bytes. Errors also: EFAULT, EINVAL, EOVERFLOW (too little room). */
function name_to_handle_at(call: Call, dfd: number, name: string, address: number, mnt_id_at: number, flags: number): Result {
  const found = sys_name_to_handle_at(call.k, dfd, name, flags);
  if (isErr(found)) return found;
  const room = given(call, address, 4);
  if (isErr(room)) return room;
  const size = new Reader(room).u32();
  if (size > MAX_HANDLE_SZ) return err('EINVAL');
  const fits = found.bytes.length <= size;
  const to = new Writer().u32(found.bytes.length).u32(fits ? found.type : FILEID_INVALID).fixed(fits ? found.bytes : new Uint8Array(0));
  return answer(call, mnt_id_at, new Writer().u32(found.mnt_id).done()) || answer(call, address, to.done()) || (fits ? 0 : err('EOVERFLOW'));
}

function open_by_handle_at(call: Call, mount_fd: number, address: number, flags: number): Result {
  const head = given(call, address, 8);
  if (isErr(head)) return head;
  const reader = new Reader(head);
  const size = reader.u32();
  const type = reader.i32();
  if (size === 0 || size > MAX_HANDLE_SZ) return err('EINVAL');
  return sys_open_by_handle_at(call.k, mount_fd, () => {
    const bytes = given(call, address + 8, size);
    return isErr(bytes) ? bytes : { type, bytes };
  }, flags);
}

const stat_at = (call: Call, dfd: number, name: string, address: number, flags: number): Result =>
  answer(call, address, stat_bytes(sys_newfstatat(call.k, dfd, name, flags)));

/** A device number of mknod: 12 bits of major, 20 of minor, in their three pieces; the model keeps major << 8 | minor. */
function new_decode_dev(dev: number): number {
  return (dev & 0xfff00) >> 8 << 8 | dev & 0xff | dev >> 12 & 0xfff00;
}

export const PATH_CALLS: readonly SyscallRow[] = [
  row('mkdir', [path, uint], (k, name, mode) => sys_mkdirat(k, AT_FDCWD, name, mode)),
  row('mkdirat', [int, path, uint], sys_mkdirat),
  row('mknod', [path, uint, uint], (k, name, mode, dev) => sys_mknodat(k, AT_FDCWD, name, mode, new_decode_dev(dev))),
  row('mknodat', [int, path, uint, uint], (k, dfd, name, mode, dev) => sys_mknodat(k, dfd, name, mode, new_decode_dev(dev))),
  row('rmdir', [path], (k, name) => sys_unlinkat(k, AT_FDCWD, name, AT_REMOVEDIR)),
  row('unlink', [path], (k, name) => sys_unlinkat(k, AT_FDCWD, name, 0)),
  row('unlinkat', [int, path, int], sys_unlinkat),
  row('symlink', [path, path], (k, target, name) => sys_symlinkat(k, target, AT_FDCWD, name)),
  row('symlinkat', [path, int, path], sys_symlinkat),
  row('link', [path, path], (k, from, to) => sys_linkat(k, AT_FDCWD, from, AT_FDCWD, to, 0)),
  row('linkat', [int, path, int, path, int], sys_linkat),
  row('rename', [path, path], (k, from, to) => sys_renameat2(k, AT_FDCWD, from, AT_FDCWD, to, 0)),
  row('renameat', [int, path, int, path], (k, olddfd, from, newdfd, to) => sys_renameat2(k, olddfd, from, newdfd, to, 0)),
  row('renameat2', [int, path, int, path, uint], sys_renameat2),
  filled('readlink', [path, pointer, int], (call, name, address, size) => readlinkat(call, AT_FDCWD, name, address, size)),
  filled('readlinkat', [int, path, pointer, int], readlinkat),
  row('chdir', [path], sys_chdir),
  row('fchdir', [int], sys_fchdir),
  row('chroot', [path], sys_chroot),
  row('umask', [int], sys_umask),
  filled('getcwd', [pointer, long], getcwd),
  filled('stat', [path, pointer], (call, name, address) => stat_at(call, AT_FDCWD, name, address, 0)),
  filled('lstat', [path, pointer], (call, name, address) => stat_at(call, AT_FDCWD, name, address, AT_SYMLINK_NOFOLLOW)),
  filled('fstat', [int, pointer], (call, fd, address) => answer(call, address, stat_bytes(sys_newfstat(call.k, fd)))),
  filled('newfstatat', [int, path, pointer, int], stat_at),
  filled('statx', [int, path, int, uint, pointer], (call, dfd, name, flags, _mask, address) => answer(call, address, statx_bytes(sys_newfstatat(call.k, dfd, name, flags)))),
  filled('statfs', [path, pointer], (call, name, address) => answer(call, address, statfs_bytes(sys_statfs(call.k, AT_FDCWD, name)))),
  filled('fstatfs', [int, pointer], (call, fd, address) => answer(call, address, statfs_bytes(sys_statfs(call.k, fd, null)))),
  row('access', [path, int], (k, name, mode) => sys_faccessat2(k, AT_FDCWD, name, mode, 0)),
  row('faccessat', [int, path, int], (k, dfd, name, mode) => sys_faccessat2(k, dfd, name, mode, 0)),
  row('faccessat2', [int, path, int, int], sys_faccessat2),
  row('chmod', [path, uint], (k, name, mode) => sys_fchmodat(k, AT_FDCWD, name, mode)),
  row('fchmod', [int, uint], (k, fd, mode) => sys_fchmodat(k, fd, null, mode)),
  row('fchmodat', [int, path, uint], (k, dfd, name, mode) => sys_fchmodat(k, dfd, name, mode)),
  row('fchmodat2', [int, path, uint, int], sys_fchmodat),
  row('chown', [path, int, int], (k, name, user, group) => sys_fchownat(k, AT_FDCWD, name, user, group)),
  row('lchown', [path, int, int], (k, name, user, group) => sys_fchownat(k, AT_FDCWD, name, user, group, AT_SYMLINK_NOFOLLOW)),
  row('fchown', [int, int, int], (k, fd, user, group) => sys_fchownat(k, fd, null, user, group)),
  row('fchownat', [int, path, int, int, int], sys_fchownat),
  filled('name_to_handle_at', [int, path, pointer, pointer, int], name_to_handle_at),
  filled('open_by_handle_at', [int, pointer, int], open_by_handle_at),
  filled('utimensat', [int, path_or_null, pointer, int], utimensat),
  row('truncate', [path, long], (k, name, size) => sys_truncate(k, AT_FDCWD, name, size)),
  row('ftruncate', [int, long], (k, fd, size) => sys_truncate(k, fd, null, size)),
  row('mount', [path_or_null, path, path_or_null, uint, path_or_null], sys_mount),
  row('umount2', [path, int], sys_umount),
  row('pivot_root', [path, path], sys_pivot_root),
];
