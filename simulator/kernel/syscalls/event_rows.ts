import { sys_epoll_create1, sys_epoll_ctl, sys_epoll_wait } from '../epoll.ts';
import { EPOLL_CTL_DEL } from '../epoll.ts';
import { err, isErr } from '../errno.ts';
import { sys_eventfd2 } from '../eventfd.ts';
import { sys_inotify_add_watch, sys_inotify_init1, sys_inotify_rm_watch } from '../inotify.ts';
import { poll_deadline } from '../poll.ts';
import { Blocked } from '../sched.ts';
import { sys_signalfd4 } from '../signalfd.ts';
import { Reader, Writer } from '../uaccess.ts';
import { sigset_from, timeout_from } from './poll_rows.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, path, pointer, row, uint } from './table.ts';

const MSEC = 1_000_000n;
const EVENT_SIZE = 12;

/** struct epoll_event is packed: four bytes of events, eight of the caller's own. */
function epoll_ctl(call: Call, epfd: number, op: number, fd: number, address: number): Result {
  if (op === EPOLL_CTL_DEL) return sys_epoll_ctl(call.k, epfd, op, fd, { events: 0, data: 0n });
  const bytes = given(call, address, EVENT_SIZE);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  return sys_epoll_ctl(call.k, epfd, op, fd, { events: reader.u32(), data: reader.big() });
}

function epoll_wait(call: Call, epfd: number, address: number, max: number, timeout: bigint | null, mask: bigint | null): Result {
  if (max > 0 && !call.user.read(address, EVENT_SIZE)) return err('EFAULT');
  const found = sys_epoll_wait(call.k, epfd, max, poll_deadline(call.k, timeout, call.waited), mask);
  if (found === Blocked || isErr(found)) return found;
  const to = new Writer();
  for (const { events, data } of found) to.u32(events).u64(data);
  return answer(call, address, to.done(), found.length);
}

const milliseconds = (timeout: number): bigint | null => (timeout < 0 ? null : BigInt(timeout) * MSEC);

function epoll_pwait(call: Call, epfd: number, address: number, max: number, timeout: bigint | null, mask_at: number, size: number): Result {
  const mask = sigset_from(call, mask_at, size);
  return typeof mask === 'number' ? mask : epoll_wait(call, epfd, address, max, timeout, mask);
}

function signalfd4(call: Call, fd: number, address: number, size: number, flags: number): Result {
  const mask = sigset_from(call, address, size);
  if (typeof mask === 'number') return mask;
  return mask === null ? err('EFAULT') : sys_signalfd4(call.k, fd, mask, flags);
}

export const EVENT_CALLS: readonly SyscallRow[] = [
  row('eventfd', [uint], (k, count) => sys_eventfd2(k, count, 0)),
  row('eventfd2', [uint, int], sys_eventfd2),
  filled('signalfd', [int, pointer, long], (call, fd, address, size) => signalfd4(call, fd, address, size, 0)),
  filled('signalfd4', [int, pointer, long, int], signalfd4),
  row('inotify_init', [], (k) => sys_inotify_init1(k, 0)),
  row('inotify_init1', [int], sys_inotify_init1),
  row('inotify_add_watch', [int, path, uint], sys_inotify_add_watch),
  row('inotify_rm_watch', [int, int], sys_inotify_rm_watch),
  row('epoll_create', [int], (k, size) => (size <= 0 ? err('EINVAL') : sys_epoll_create1(k, 0))),
  row('epoll_create1', [int], sys_epoll_create1),
  filled('epoll_ctl', [int, int, int, pointer], epoll_ctl),
  filled('epoll_wait', [int, pointer, int, int], (call, epfd, address, max, timeout) => epoll_wait(call, epfd, address, max, milliseconds(timeout), null)),
  filled('epoll_pwait', [int, pointer, int, int, pointer, long], (call, epfd, address, max, timeout, mask_at, size) =>
    epoll_pwait(call, epfd, address, max, milliseconds(timeout), mask_at, size)),
  filled('epoll_pwait2', [int, pointer, int, pointer, pointer, long], (call, epfd, address, max, timeout_at, mask_at, size) => {
    const timeout = timeout_from(call, timeout_at, 1n);
    return typeof timeout === 'number' ? timeout : epoll_pwait(call, epfd, address, max, timeout, mask_at, size);
  }),
];
