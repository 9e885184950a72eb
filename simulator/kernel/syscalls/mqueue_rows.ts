import { ktime_get } from '../clock.ts';
import { err, isErr, type Err } from '../errno.ts';
import { sys_mq_getsetattr, sys_mq_open, sys_mq_timedreceive, sys_mq_timedsend, sys_mq_unlink } from '../mq_calls.ts';
import { sys_mq_notify } from '../mq_notify.ts';
import { Reader, Writer } from '../uaccess.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, path, pointer, row, uint } from './table.ts';

/** struct mq_attr: eight longs. */
const MQ_ATTR = 64;
const O_CREAT = 0o100;
const CLOCK_REALTIME = 0;
const NSEC = 1_000_000_000n;

function mq_open(call: Call, name: string, flags: number, mode: number, address: number): Result {
  const bytes = address === 0 || (flags & O_CREAT) === 0 ? null : given(call, address, MQ_ATTR);
  if (isErr(bytes)) return bytes;
  const reader = bytes && new Reader(bytes).skip(8);
  return sys_mq_open(call.k, name, flags, mode, reader && { maxmsg: reader.i64(), msgsize: reader.i64() });
}

/** Is the time limit over? Absolute, on the clock of the day; the address 0: there is none. Errors: EFAULT, EINVAL. */
function expired(call: Call, address: number): boolean | Err {
  if (address === 0) return false;
  const bytes = given(call, address, 16);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const at = { sec: BigInt(reader.i64()), nsec: BigInt(reader.i64()) };
  if (at.sec < 0n || at.nsec < 0n || at.nsec >= NSEC) return err('EINVAL');
  return (ktime_get(call.k, CLOCK_REALTIME) ?? 0n) >= at.sec * NSEC + at.nsec;
}

function mq_timedsend(call: Call, fd: number, address: number, size: number, priority: number, timeout: number): Result {
  const over = expired(call, timeout);
  if (typeof over === 'number') return over;
  const bytes = given(call, address, size);
  return isErr(bytes) ? bytes : sys_mq_timedsend(call.k, fd, bytes, priority, over);
}

function mq_timedreceive(call: Call, fd: number, address: number, size: number, priority_at: number, timeout: number): Result {
  const over = expired(call, timeout);
  if (typeof over === 'number') return over;
  const got = sys_mq_timedreceive(call.k, fd, size, over);
  if (typeof got !== 'object') return got;
  if (priority_at !== 0) {
    const failed = answer(call, priority_at, new Writer().u32(got.priority).done());
    if (failed !== 0) return failed;
  }
  return answer(call, address, got.data, got.data.length);
}

function mq_getsetattr(call: Call, fd: number, address: number, old: number): Result {
  const bytes = address === 0 ? null : given(call, address, MQ_ATTR);
  if (isErr(bytes)) return bytes;
  const was = sys_mq_getsetattr(call.k, fd, bytes && new Reader(bytes).i64());
  if (isErr(was)) return was;
  return old === 0 ? 0 : answer(call, old, new Writer().u64(was.flags).u64(was.maxmsg).u64(was.msgsize).u64(was.curmsgs).zeros(32).done());
}

/** struct sigevent: the value, the signal and how; the value of a thread is where its cookie is. */
function mq_notify(call: Call, fd: number, address: number): Result {
  if (address === 0) return sys_mq_notify(call.k, fd, null);
  const bytes = given(call, address, 64);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const value = reader.i64();
  return sys_mq_notify(call.k, fd, { value, signo: reader.i32(), notify: reader.i32(), cookie: () => given(call, value, 32) });
}

export const MQUEUE_CALLS: readonly SyscallRow[] = [
  filled('mq_open', [path, int, uint, pointer], mq_open),
  row('mq_unlink', [path], sys_mq_unlink),
  filled('mq_timedsend', [int, pointer, long, uint, pointer], mq_timedsend),
  filled('mq_timedreceive', [int, pointer, long, pointer, pointer], mq_timedreceive),
  filled('mq_notify', [int, pointer], mq_notify),
  filled('mq_getsetattr', [int, pointer, pointer], mq_getsetattr),
];
