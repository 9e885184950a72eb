import { CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, ktime_get } from '../clock.ts';
import { err, isErr, type Err } from '../errno.ts';
import { sys_alarm, sys_getitimer, sys_setitimer } from '../itimer.ts';
import type { itimerspec } from '../itimer.ts';
import type { Kernel } from '../kernel.ts';
import { find_vpid } from '../pid_lookup.ts';
import { time_left, valid_time } from '../poll.ts';
import { sys_timer_create, sys_timer_delete, sys_timer_getoverrun, sys_timer_gettime, sys_timer_settime } from '../posix_timer.ts';
import type { sigevent } from '../posix_timer.ts';
import { sys_clock_nanosleep } from '../sleep.ts';
import { sys_timerfd_create, sys_timerfd_gettime, sys_timerfd_settime } from '../timerfd.ts';
import { Reader, Writer } from '../uaccess.ts';
import { timeout_from } from './poll_rows.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, pointer, row, uint } from './table.ts';

const NSEC_PER_SEC = 1_000_000_000n;
const USEC = 1000n;
const TIMER_ABSTIME = 1;
const CLOCK_MONOTONIC_RAW = 4;

/** Two times, of the interval and until the next expiry, whose second parts are of `unit` nanoseconds. Errors: EFAULT, EINVAL. */
function itimerspec_from(call: Call, address: number, unit: bigint): itimerspec | Err {
  const bytes = given(call, address, 32);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const times: bigint[] = [];
  for (let n = 0; n < 2; n++) {
    const time = valid_time(reader.i64(), reader.i64() * Number(unit));
    if (typeof time === 'number') return time;
    times.push(time);
  }
  const [interval = 0n, value = 0n] = times;
  return { interval, value };
}

/** Writes such a pair; the address 0 is passed over where that is allowed. */
function put_itimerspec(call: Call, address: number, of: itimerspec | Err, unit: bigint, optional: boolean): Result {
  if (isErr(of)) return of;
  if (optional && address === 0) return 0;
  const to = new Writer();
  for (const time of [of.interval, of.value]) to.u64(time / NSEC_PER_SEC).u64(time % NSEC_PER_SEC / unit);
  return answer(call, address, to.done());
}

/** The address 0 turns the timer off, as it always did. */
function setitimer(call: Call, which: number, to: number, from: number): Result {
  const wanted = to === 0 ? { value: 0n, interval: 0n } : itimerspec_from(call, to, USEC);
  return isErr(wanted) ? wanted : put_itimerspec(call, from, sys_setitimer(call.k, which, wanted), USEC, true);
}

/** The deadline of the sleep that the call was in, for the call that is made again. */
function waited_deadline({ waited }: Call): bigint | null {
  return waited?.deadline ?? null;
}

function clock_nanosleep(call: Call, clock: number, flags: number, address: number): Result {
  if (clock === CLOCK_MONOTONIC_RAW) return err('EOPNOTSUPP');
  if (ktime_get(call.k, clock) === null && clock !== CLOCK_PROCESS_CPUTIME_ID) return err('EINVAL');
  const time = timeout_from(call, address, 1n);
  if (time === null) return err('EFAULT');
  return typeof time === 'number' ? time : sys_clock_nanosleep(call.k, clock, (flags & TIMER_ABSTIME) !== 0, time, waited_deadline(call));
}

/** What is left of a sleep that a signal ended; the address 0: nobody asks. */
function put_remaining(call: Call, address: number): void {
  const deadline = waited_deadline(call);
  if (address === 0 || deadline === null) return;
  const left = time_left(call.k, deadline);
  call.user.write(address, new Writer().u64(left / NSEC_PER_SEC).u64(left % NSEC_PER_SEC).done());
}

const SIGEV_SIGNAL = 0;
const SIGEV_NONE = 1;
const SIGEV_THREAD = 2;
const SIGEV_THREAD_ID = 4;

/** struct sigevent: value, signal, how to tell, and which thread. Null for the address 0. */
function sigevent_from(call: Call, address: number): sigevent | null | Err {
  if (address === 0) return null;
  const bytes = given(call, address, 64);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const [value, signo, notify, tid] = [reader.i64(), reader.i32(), reader.i32(), reader.i32()];
  if (notify === SIGEV_NONE) return { signo: 0, value, thread: null };
  if (signo <= 0 || (notify !== SIGEV_SIGNAL && notify !== SIGEV_THREAD && notify !== SIGEV_THREAD_ID)) return err('EINVAL');
  const thread = notify === SIGEV_THREAD_ID ? find_vpid(call.k, tid)?.pid_task ?? null : null;
  if (notify === SIGEV_THREAD_ID && thread?.signal !== call.k.current.signal) return err('EINVAL');
  return { signo, value, thread };
}

function timer_create(call: Call, clock: number, event_at: number, id_at: number): Result {
  const event = sigevent_from(call, event_at);
  if (isErr(event)) return event;
  const nr = sys_timer_create(call.k, clock, event);
  if (nr < 0) return nr;
  const failed = answer(call, id_at, new Writer().u32(nr).done());
  if (failed !== 0) sys_timer_delete(call.k, nr);
  return failed;
}

/** timer_settime and timerfd_settime: flags, what is wanted, and where what was goes. */
function settime(call: Call, to: number, from: number, set: (k: Kernel, wanted: itimerspec) => itimerspec | Err): Result {
  if (to === 0) return err('EINVAL');
  const wanted = itimerspec_from(call, to, 1n);
  return isErr(wanted) ? wanted : put_itimerspec(call, from, set(call.k, wanted), 1n, true);
}

export const TIMER_CALLS: readonly SyscallRow[] = [
  row('alarm', [uint], sys_alarm),
  filled('getitimer', [int, pointer], (call, which, address) => put_itimerspec(call, address, sys_getitimer(call.k, which), USEC, false)),
  filled('setitimer', [int, pointer, pointer], setitimer),
  {
    ...filled('nanosleep', [pointer, pointer], (call, address) => clock_nanosleep(call, CLOCK_MONOTONIC, 0, address)),
    interrupted: (call) => { put_remaining(call, call.args[1] ?? 0); },
  },
  {
    ...filled('clock_nanosleep', [int, int, pointer, pointer], clock_nanosleep),
    interrupted: (call) => { if (((call.args[1] ?? 0) & TIMER_ABSTIME) === 0) put_remaining(call, call.args[3] ?? 0); },
  },
  filled('timer_create', [int, pointer, pointer], timer_create),
  filled('timer_settime', [int, int, pointer, pointer], (call, nr, flags, to, from) =>
    settime(call, to, from, (k, wanted) => sys_timer_settime(k, nr, (flags & TIMER_ABSTIME) !== 0, wanted))),
  filled('timer_gettime', [int, pointer], (call, nr, address) => put_itimerspec(call, address, sys_timer_gettime(call.k, nr), 1n, false)),
  row('timer_getoverrun', [int], sys_timer_getoverrun),
  row('timer_delete', [int], sys_timer_delete),
  row('timerfd_create', [int, int], sys_timerfd_create),
  filled('timerfd_settime', [int, int, pointer, pointer], (call, fd, flags, to, from) => {
    if (to === 0) return err('EFAULT');
    return settime(call, to, from, (k, wanted) => sys_timerfd_settime(k, fd, flags, wanted));
  }),
  filled('timerfd_gettime', [int, pointer], (call, fd, address) => put_itimerspec(call, address, sys_timerfd_gettime(call.k, fd), 1n, false)),
];
