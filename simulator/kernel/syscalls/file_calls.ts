import { IFREQ_SIZE, SIOCGIFCONF, SIOCGIFINDEX, SIOCGIFNAME } from '../dev_ioctl.ts';
import { err, isErr, type Err } from '../errno.ts';
import { sys_close, sys_close_range, sys_dup, sys_dup2, sys_dup3, sys_fcntl } from '../files.ts';
import { AT_FDCWD, O_CLOEXEC, O_CREAT, O_TRUNC, O_WRONLY } from '../mode.ts';
import { sys_openat, sys_openat2 } from '../open.ts';
import { do_pipe2 } from '../pipe.ts';
import { F_ADD_SEALS, F_GET_SEALS, memfd_fcntl } from '../seals.ts';
import { F_GETLK, F_OFD_GETLK, fcntl_getlk, fcntl_setlk, is_lock_command } from '../posix_lock.ts';
import { ksys_pread, ksys_pwrite, ksys_read, ksys_write, sys_getdents, sys_ioctl, sys_lseek } from '../read_write.ts';
import type { dirent } from '../inode_ops.ts';
import { Blocked } from '../sched.ts';
import { encode } from '../text.ts';
import { tty_ioctl_size } from '../tty_file.ts';
import { Reader, Writer } from '../uaccess.ts';
import { ifconf } from './ifconf.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, nothing, path, pointer, row, uint } from './table.ts';

/** Bytes that were read, or why not, as the result of read(2). */
function read_into(call: Call, address: number, got: Uint8Array | Err | Blocked): Result {
  if (got === Blocked || isErr(got)) return got;
  return got instanceof Uint8Array ? answer(call, address, got, got.length) : err('EINVAL');
}

function pipe2(call: Call, address: number, flags: number): Result {
  const fds = do_pipe2(call.k, flags);
  if (isErr(fds)) return fds;
  const failed = answer(call, address, new Writer().u32(fds[0]).u32(fds[1]).done());
  if (failed !== 0) for (const fd of fds) sys_close(call.k, fd);
  return failed;
}

/** With struct flock for the commands of record locks, else with a number. */
function fcntl(call: Call, fd: number, cmd: number, arg: number): Result {
  if (cmd === F_ADD_SEALS || cmd === F_GET_SEALS) return memfd_fcntl(call.k, fd, cmd, arg);
  if (!is_lock_command(cmd)) return sys_fcntl(call.k, fd, cmd, arg);
  const bytes = given(call, arg, 32);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const [type, whence] = [reader.i16(), reader.i16()];
  const [start, length] = [reader.skip(4).i64(), reader.i64()];
  const lock = { type, whence, start, length, pid: reader.i32() };
  if (cmd !== F_GETLK && cmd !== F_OFD_GETLK) return fcntl_setlk(call.k, fd, cmd, lock);
  const found = fcntl_getlk(call.k, fd, cmd, lock);
  if (isErr(found)) return found;
  return answer(call, arg, new Writer().u16(found.type).u16(found.whence).u32(0).u64(found.start).u64(found.length).u32(found.pid).u32(0).done());
}

/** struct iovec of readv and writev: address and length of each part. */
export function iovecs(call: Call, address: number, count: number): { readonly base: number; readonly length: number }[] | Err {
  if (count < 0 || count > 1024) return err('EINVAL');
  const bytes = given(call, address, count * 16);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  return Array.from({ length: count }, () => ({ base: reader.u64(), length: reader.u64() }));
}

/** Puts what was read into the parts, one after another. */
export function scatter(call: Call, parts: readonly { readonly base: number; readonly length: number }[], got: Uint8Array): Result {
  let at = 0;
  for (const { base, length } of parts) {
    const failed = answer(call, base, got.subarray(at, at + length));
    if (failed !== 0) return failed;
    at += length;
  }
  return got.length;
}

/** The bytes of all parts in one piece. Errors: EFAULT. */
export function gather(call: Call, parts: readonly { readonly base: number; readonly length: number }[]): Uint8Array | Err {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { base, length } of parts) {
    const bytes = given(call, base, length);
    if (isErr(bytes)) return bytes;
    all.set(bytes, at);
    at += length;
  }
  return all;
}

function readv(call: Call, fd: number, address: number, count: number): Result {
  const parts = iovecs(call, address, count);
  if (isErr(parts)) return parts;
  const got = ksys_read(call.k, fd, parts.reduce((sum, { length }) => sum + length, 0));
  return got === Blocked || isErr(got) || !(got instanceof Uint8Array) ? got : scatter(call, parts, got);
}

function writev(call: Call, fd: number, address: number, count: number): Result {
  const parts = iovecs(call, address, count);
  const bytes = isErr(parts) ? parts : gather(call, parts);
  return isErr(bytes) ? bytes : ksys_write(call.k, fd, bytes);
}

/** DT_REG … of a directory entry is the type in st_mode, twelve bits down. */
const DT_SHIFT = 12;

/** struct linux_dirent64, padded to eight bytes. */
function dirent64({ name, ino, type }: dirent, offset: number): Uint8Array {
  const text = encode(name);
  const length = Math.ceil((19 + text.length + 1) / 8) * 8;
  return new Writer().u64(ino).u64(offset).u16(length).u8(type >> DT_SHIFT).fixed(text, length - 19).done();
}

/** struct linux_dirent, of the call before the large one: the type is its last byte. */
function dirent({ name, ino, type }: dirent, offset: number): Uint8Array {
  const text = encode(name);
  const length = Math.ceil((18 + text.length + 2) / 8) * 8;
  return new Writer().u64(ino).u64(offset).u16(length).fixed(text, length - 19).u8(type >> DT_SHIFT).done();
}

/** Shortest entry: 19 bytes before the name, one letter, the zero, padded. */
const SHORTEST = 24;

/** As many entries as fit into the buffer; the position goes on by those. Errors also: EINVAL (not even one fits), EFAULT. */
const getdents64 = listing(dirent64), getdents = listing(dirent);

function listing(layout: typeof dirent64) {
  return (call: Call, fd: number, address: number, size: number): Result => listed(call, fd, address, size, layout);
}

function listed(call: Call, fd: number, address: number, size: number, layout: typeof dirent64): Result {
  const start = sys_lseek(call.k, fd, 0, 1);
  const entries = sys_getdents(call.k, fd, Math.max(1, Math.floor(size / SHORTEST)));
  if (isErr(entries)) return entries;
  const all: number[] = [];
  for (const [n, entry] of entries.entries()) {
    const bytes = layout(entry, start + n + 1);
    if (all.length + bytes.length > size) {
      sys_lseek(call.k, fd, start + n, 0);
      if (n === 0) return err('EINVAL');
      break;
    }
    for (const byte of bytes) all.push(byte);
  }
  return answer(call, address, Uint8Array.from(all), all.length);
}

/**
 * What the kernel reads at `arg` before it looks at the request: the number says so itself (_IOW, _IOWR), but for those of interfaces and
 * terminals, which only sockets and terminals read, and say EFAULT.
 */
function ioctl(call: Call, fd: number, cmd: number, arg: number): Result {
  if (cmd === SIOCGIFCONF) return ifconf(call, fd, cmd, arg);
  const reads = (cmd >>> 30 & 1) !== 0;
  const size = cmd >>> 16 & 0x3fff;
  const ifreq = cmd >= SIOCGIFNAME && cmd <= SIOCGIFINDEX;
  const own = ifreq ? IFREQ_SIZE : tty_ioctl_size(cmd);
  const bytes = own > 0 ? call.user.read(arg, own) : reads && arg !== 0 ? given(call, arg, size) : null;
  if (isErr(bytes)) return bytes;
  const result = sys_ioctl(call.k, fd, cmd, bytes ?? arg);
  if (typeof result !== 'object') return result;
  return answer(call, arg, result.out, result.value);
}

/** struct open_how: flags, mode, resolve. Errors also: E2BIG (longer, and not zero), EFAULT. */
function openat2(call: Call, dfd: number, name: string, address: number, size: number): Result {
  if (size < OPEN_HOW) return err('EINVAL');
  if (size > PAGE) return err('E2BIG');
  const bytes = given(call, address, size);
  if (isErr(bytes)) return bytes;
  if (bytes.subarray(OPEN_HOW).some((byte) => byte !== 0)) return err('E2BIG');
  const reader = new Reader(bytes);
  return sys_openat2(call.k, dfd, name, { flags: reader.u64(), mode: reader.u64(), resolve: reader.u64() });
}
const OPEN_HOW = 24, PAGE = 4096;

export const FILE_CALLS: readonly SyscallRow[] = [
  filled('read', [int, pointer, long], (call, fd, address, count) => read_into(call, address, ksys_read(call.k, fd, count))),
  filled('write', [int, pointer, long], (call, fd, address, count) => {
    const bytes = given(call, address, count);
    return isErr(bytes) ? bytes : ksys_write(call.k, fd, bytes);
  }),
  filled('pread64', [int, pointer, long, long], (call, fd, address, count, pos) => read_into(call, address, ksys_pread(call.k, fd, count, pos))),
  filled('pwrite64', [int, pointer, long, long], (call, fd, address, count, pos) => {
    const bytes = given(call, address, count);
    return isErr(bytes) ? bytes : ksys_pwrite(call.k, fd, bytes, pos);
  }),
  filled('readv', [int, pointer, int], readv),
  filled('writev', [int, pointer, int], writev),
  row('open', [path, int, uint], (k, name, flags, mode) => sys_openat(k, AT_FDCWD, name, flags, mode)),
  row('creat', [path, uint], (k, name, mode) => sys_openat(k, AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode)),
  row('openat', [int, path, int, uint], sys_openat),
  filled('openat2', [int, path, pointer, long], openat2),
  row('close', [int], sys_close),
  row('close_range', [uint, uint, uint], sys_close_range),
  row('dup', [int], sys_dup),
  row('dup2', [int, int], sys_dup2),
  row('dup3', [int, int, int], (k, from, to, flags) => ((flags & ~O_CLOEXEC) !== 0 ? err('EINVAL') : sys_dup3(k, from, to, (flags & O_CLOEXEC) !== 0))),
  filled('fcntl', [int, int, long], fcntl),
  row('lseek', [int, long, int], sys_lseek),
  filled('ioctl', [int, uint, long], ioctl),
  filled('getdents64', [int, pointer, uint], getdents64),
  filled('getdents', [int, pointer, uint], getdents),
  filled('pipe', [pointer], (call, address) => pipe2(call, address, 0)),
  filled('pipe2', [pointer, int], pipe2),
  nothing('sync'),
];
