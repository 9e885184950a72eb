import { sys_copy_file_range, sys_fallocate, sys_sendfile } from '../copy_file.ts';
import { err, isErr, type Err } from '../errno.ts';
import { f_op } from '../file_ops.ts';
import { fget_raw } from '../files.ts';
import { sys_flock } from '../flock.ts';
import { sys_memfd_create } from '../memfd.ts';
import { AT_FDCWD, is_dir, is_reg } from '../mode.ts';
import { ksys_pread, ksys_pwrite } from '../read_write.ts';
import { Blocked } from '../sched.ts';
import { sys_utimensat } from '../stat.ts';
import { Reader, Writer } from '../uaccess.ts';
import { gather, iovecs, scatter } from './file_calls.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, path, path_or_null, pointer, row, uint } from './table.ts';

/** A position in the caller's memory, null for the address 0. In an object, since a negative one is no errno. */
function at(call: Call, address: number): { readonly pos: number | null } | Err {
  if (address === 0) return { pos: null };
  const bytes = given(call, address, 8);
  return isErr(bytes) ? bytes : { pos: new Reader(bytes).i64() };
}

function moved(call: Call, address: number, pos: number | null, result: number | Err | Blocked): Result {
  if (result === Blocked || result < 0 || pos === null) return result;
  return answer(call, address, new Writer().u64(pos + result).done(), result);
}

function sendfile(call: Call, to: number, from: number, offset: number, count: number): Result {
  const start = at(call, offset);
  if (isErr(start)) return start;
  return moved(call, offset, start.pos, sys_sendfile(call.k, { from, to, from_at: start.pos, to_at: null, count }));
}

function copy_file_range(call: Call, from: number, from_off: number, to: number, to_off: number, count: number, flags: number): Result {
  const [source, target] = [at(call, from_off), at(call, to_off)];
  if (isErr(source)) return source;
  if (isErr(target)) return target;
  const result = sys_copy_file_range(call.k, { from, to, from_at: source.pos, to_at: target.pos, count }, flags);
  const first = moved(call, from_off, source.pos, result);
  return first === Blocked || isErr(first) ? first : moved(call, to_off, target.pos, result);
}

function preadv(call: Call, fd: number, address: number, count: number, pos: number): Result {
  const parts = iovecs(call, address, count);
  if (isErr(parts)) return parts;
  const got = ksys_pread(call.k, fd, parts.reduce((sum, { length }) => sum + length, 0), pos);
  return got === Blocked || isErr(got) ? got : scatter(call, parts, got);
}

function pwritev(call: Call, fd: number, address: number, count: number, pos: number): Result {
  const parts = iovecs(call, address, count);
  const bytes = isErr(parts) ? parts : gather(call, parts);
  return isErr(bytes) ? bytes : ksys_pwrite(call.k, fd, bytes, pos);
}

const NSEC = 1_000_000_000n;

/** Two times of seconds and microseconds; the address 0: now. */
function utimes(call: Call, dfd: number, name: string | null, address: number): Result {
  if (address === 0) return sys_utimensat(call.k, dfd, name, null, null);
  const bytes = given(call, address, 32);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const times = [0, 1].map(() => ({ seconds: reader.i64(), micro: reader.i64() }));
  if (times.some(({ micro }) => micro < 0 || micro >= 1_000_000)) return err('EINVAL');
  const [atime, mtime] = times.map(({ seconds, micro }) => BigInt(seconds) * NSEC + BigInt(micro) * 1000n);
  return sys_utimensat(call.k, dfd, name, atime, mtime);
}

function utime(call: Call, name: string, address: number): Result {
  const times = address === 0 ? null : given(call, address, 16);
  if (isErr(times)) return times;
  if (!times) return sys_utimensat(call.k, AT_FDCWD, name, null, null);
  const reader = new Reader(times);
  const [atime, mtime] = [BigInt(reader.i64()) * NSEC, BigInt(reader.i64()) * NSEC];
  return sys_utimensat(call.k, AT_FDCWD, name, atime, mtime);
}

const ADVICE_MAX = 5;

/** A file with pages, about which advice can be given. Errors: EBADF, EINVAL. */
function advised(call: Call, fd: number, pipe: 'ESPIPE' | 'EINVAL'): Result {
  const of = fget_raw(call.k, fd);
  if (!of) return err('EBADF');
  if (f_op(of).stream) return err(pipe);
  const mode = of.f_path?.dentry.d_inode.i_mode ?? 0;
  return pipe === 'EINVAL' && !is_reg(mode) && !is_dir(mode) ? err('EINVAL') : 0;
}

/** fsync and its relatives: all is in memory. Errors: EBADF, EINVAL (pipes, sockets). */
const synced = (call: Call, fd: number): Result => advised(call, fd, 'EINVAL');

export const COPY_CALLS: readonly SyscallRow[] = [
  filled('sendfile', [int, int, pointer, long], sendfile),
  filled('copy_file_range', [int, pointer, int, pointer, long, uint], copy_file_range),
  row('fallocate', [int, int, long, long], sys_fallocate),
  row('flock', [int, int], sys_flock),
  row('memfd_create', [path, uint], sys_memfd_create),
  filled('preadv', [int, pointer, int, long], preadv),
  filled('pwritev', [int, pointer, int, long], pwritev),
  filled('utimes', [path, pointer], (call, name, address) => utimes(call, AT_FDCWD, name, address)),
  filled('futimesat', [int, path_or_null, pointer], utimes),
  filled('utime', [path, pointer], utime),
  filled('fadvise64', [int, long, long, int], (call, fd, _offset, _length, advice) => advised(call, fd, 'ESPIPE') || (advice < 0 || advice > ADVICE_MAX ? err('EINVAL') : 0)),
  filled('readahead', [int, long, long], (call, fd) => advised(call, fd, 'EINVAL')),
  filled('fsync', [int], synced),
  filled('fdatasync', [int], synced),
  row('syncfs', [int], (k, fd) => (fget_raw(k, fd) ? 0 : err('EBADF'))),
];
