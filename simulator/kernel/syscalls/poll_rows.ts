import { err, isErr, type Err } from '../errno.ts';
import { POLLERR, POLLHUP, POLLIN, POLLOUT, POLLPRI, POLLRDBAND, POLLRDNORM, POLLWRBAND, POLLWRNORM } from '../file_ops.ts';
import { fget_raw } from '../files.ts';
import { do_poll, poll_deadline, restore_user_sigmask, set_user_sigmask, time_left, valid_time } from '../poll.ts';
import type { pollfd } from '../poll.ts';
import { RLIMIT_NOFILE } from '../rlimit.ts';
import { Blocked } from '../sched.ts';
import { Reader, Writer } from '../uaccess.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, pointer, uint } from './table.ts';

const MSEC = 1_000_000n;
const USEC = 1000n;
const NSEC_PER_SEC = 1_000_000_000n;
const SIGSET = 8;
const POLLFD_SIZE = 8;

/** The mask of signals at that address; null for none. */
export function sigset_from(call: Call, address: number, size: number): bigint | null | Err {
  if (address === 0) return null;
  if (size !== SIGSET) return err('EINVAL');
  const bytes = given(call, address, SIGSET);
  return isErr(bytes) ? bytes : new Reader(bytes).big();
}

/** A timespec or timeval (`unit`: nanoseconds of its second part) as nanoseconds; null for the address 0. Errors: EFAULT, EINVAL. */
export function timeout_from(call: Call, address: number, unit: bigint): bigint | null | Err {
  if (address === 0) return null;
  const bytes = given(call, address, 16);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const [seconds, part] = [reader.i64(), reader.i64()];
  const carried = unit === 1n ? 0 : Math.floor(part / 1_000_000);
  const found = valid_time(seconds + carried, (part - carried * 1_000_000) * Number(unit));
  return typeof found === 'bigint' ? found : found;
}

/** What of the time is left, as such a structure. select tells its caller so. */
function put_time_left(call: Call, address: number, deadline: bigint | null, unit: bigint): void {
  if (address === 0 || deadline === null) return;
  const left = time_left(call.k, deadline);
  call.user.write(address, new Writer().u64(left / NSEC_PER_SEC).u64(left % NSEC_PER_SEC / unit).done());
}

function poll(call: Call, address: number, count: number, deadline: bigint | null, mask: bigint | null): Result {
  const { k } = call;
  if (count > (k.current.signal.rlimit.get(RLIMIT_NOFILE)?.cur ?? 1024)) return err('EINVAL');
  const bytes = given(call, address, count * POLLFD_SIZE);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const fds: readonly pollfd[] = Array.from({ length: count }, () => {
    const one = { fd: reader.i32(), events: reader.u16() };
    reader.skip(2);
    return one;
  });
  set_user_sigmask(k, mask);
  const ready = do_poll(k, fds, deadline, 'poll');
  if (ready === Blocked) return ready;
  restore_user_sigmask(k, mask);
  for (const [n, events] of ready.entries()) {
    const failed = answer(call, address + n * POLLFD_SIZE + 6, new Writer().u16(events).done());
    if (failed !== 0) return failed;
  }
  return ready.filter((events) => events !== 0).length;
}

function ppoll(call: Call, address: number, count: number, timeout_at: number, mask_at: number, size: number): Result {
  const timeout = timeout_from(call, timeout_at, 1n);
  if (typeof timeout === 'number') return timeout;
  const mask = sigset_from(call, mask_at, size);
  if (typeof mask === 'number') return mask;
  const deadline = poll_deadline(call.k, timeout, call.waited);
  const result = poll(call, address, count, deadline, mask);
  if (result !== Blocked) put_time_left(call, timeout_at, deadline, 1n);
  return result;
}

/** Which events make a descriptor ready for reading, writing and exceptions. */
const SETS = [POLLRDNORM | POLLRDBAND | POLLIN | POLLHUP | POLLERR, POLLWRBAND | POLLWRNORM | POLLOUT | POLLERR, POLLPRI] as const;

function select(call: Call, n: number, addresses: readonly [number, number, number], timeout_at: number, unit: bigint, mask: bigint | null): Result {
  const timeout = timeout_from(call, timeout_at, unit);
  if (typeof timeout === 'number') return timeout;
  if (n < 0) return err('EINVAL');
  const { k } = call;
  const size = Math.ceil(n / 64) * 8;
  const sets: Uint8Array[] = [];
  for (const address of addresses) {
    const bytes = address === 0 ? new Uint8Array(size) : given(call, address, size);
    if (isErr(bytes)) return bytes;
    sets.push(bytes);
  }
  const wants = (set: number, fd: number): boolean => ((sets[set]?.[fd >> 3] ?? 0) >> (fd & 7) & 1) !== 0;
  const fds: pollfd[] = [];
  for (let fd = 0; fd < n; fd++) {
    const events = SETS.reduce((all, mask_of, set) => (wants(set, fd) ? all | mask_of : all), 0);
    if (events === 0) continue;
    if (!fget_raw(k, fd)) return err('EBADF');
    fds.push({ fd, events });
  }
  const deadline = poll_deadline(k, timeout, call.waited);
  set_user_sigmask(k, mask);
  const ready = do_poll(k, fds, deadline, 'select');
  if (ready === Blocked) return ready;
  restore_user_sigmask(k, mask);
  put_time_left(call, timeout_at, deadline, unit);
  return put_sets(call, addresses, size, fds, ready, wants);
}

/** Leaves in each set what is ready; how many bits that are. */
function put_sets(call: Call, addresses: readonly number[], size: number, fds: readonly pollfd[], ready: readonly number[], wants: (set: number, fd: number) => boolean): Result {
  let count = 0;
  for (const [set, address] of addresses.entries()) {
    if (address === 0) continue;
    const out = new Uint8Array(size);
    for (const [at, { fd }] of fds.entries()) {
      if (!wants(set, fd) || ((ready[at] ?? 0) & (SETS[set] ?? 0)) === 0) continue;
      out[fd >> 3] = (out[fd >> 3] ?? 0) | 1 << (fd & 7);
      count++;
    }
    const failed = answer(call, address, out);
    if (failed !== 0) return failed;
  }
  return count;
}

/** The sixth argument of pselect6: where the mask stands, and its size. */
function pselect6(call: Call, n: number, r: number, w: number, e: number, timeout_at: number, sig: number): Result {
  let mask: bigint | null = null;
  if (sig !== 0) {
    const bytes = given(call, sig, 16);
    if (isErr(bytes)) return bytes;
    const reader = new Reader(bytes);
    const found = sigset_from(call, reader.u64(), reader.u64());
    if (typeof found === 'number') return found;
    mask = found;
  }
  return select(call, n, [r, w, e], timeout_at, 1n, mask);
}

export const POLL_CALLS: readonly SyscallRow[] = [
  filled('poll', [pointer, uint, int], (call, address, count, timeout) =>
    poll(call, address, count, poll_deadline(call.k, timeout < 0 ? null : BigInt(timeout) * MSEC, call.waited), null)),
  { ...filled('ppoll', [pointer, uint, pointer, pointer, long], ppoll), interrupted: (call) => put_time_left(call, call.args[2] ?? 0, call.waited?.deadline ?? null, 1n) },
  {
    ...filled('select', [int, pointer, pointer, pointer, pointer], (call, n, r, w, e, timeout_at) => select(call, n, [r, w, e], timeout_at, USEC, null)),
    interrupted: (call) => put_time_left(call, call.args[4] ?? 0, call.waited?.deadline ?? null, USEC),
  },
  { ...filled('pselect6', [int, pointer, pointer, pointer, pointer, pointer], pselect6), interrupted: (call) => put_time_left(call, call.args[4] ?? 0, call.waited?.deadline ?? null, 1n) },
];
