import { err, type Err } from './errno.ts';
import { anon_inode_getfd } from './eventfd.ts';
import { POLLERR, POLLHUP, POLLIN, READABLE, f_op, register_file_ops } from './file_ops.ts';
import { fget } from './files.ts';
import type { Kernel } from './kernel.ts';
import { O_CLOEXEC } from './mode.ts';
import { KObject } from './object.ts';
import { poll_queues, restore_user_sigmask, set_user_sigmask, vfs_poll } from './poll.ts';
import { Blocked, first_wake_after, wait_on_any, wakes_of, watch_wakes } from './sched.ts';
import { signal_pending } from './signal.ts';
import { Table } from './trace.ts';
import type { file } from './vfs.ts';

export const EPOLL_CTL_ADD = 1;
export const EPOLL_CTL_DEL = 2;
export const EPOLL_CTL_MOD = 3;
const EPOLLONESHOT = 0x40000000;
const EPOLLET = 0x80000000;
/** EPOLLEXCLUSIVE, EPOLLWAKEUP, EPOLLONESHOT, EPOLLET: not events. */
const PRIVATE_BITS = 0xf0000000;
const MAX_NESTS = 4;

export interface epoll_event { readonly events: number; readonly data: bigint }

/**
 * One file that is looked at. `told`: with EPOLLET, how often the file had been woken when it was reported last; null: not yet. `listed`: how many wake-ups there
 * had been when it was added or reported last.
 */
interface epitem { readonly file: file; readonly fd: number; readonly event: epoll_event; readonly told: number | null; readonly listed: number }

/** A set of files that are waited for together. */
export class eventpoll extends KObject {
  override readonly kind = 'eventpoll';
  /** By descriptor and file; those that are reported go to the end. */
  readonly items = new Table<string, epitem>(this, 'items');
}

/** epoll_create1(2). Errors: EINVAL, EMFILE. */
export function sys_epoll_create1(k: Kernel, flags: number): number {
  return (flags & ~O_CLOEXEC) !== 0 ? err('EINVAL') : anon_inode_getfd(k, 'eventpoll', new eventpoll(), flags);
}

const key_of = (fd: number, of: file): string => `${fd}:${of.id}`;

/** epoll_ctl(2). Errors: EBADF, EPERM (never blocks: regular files, directories), EINVAL, EEXIST, ENOENT, ELOOP. */
export function sys_epoll_ctl(k: Kernel, epfd: number, op: number, fd: number, event: epoll_event): 0 | Err {
  const of = fget(k, epfd);
  const target = fget(k, fd);
  if (!of || !target) return err('EBADF');
  if (!f_op(target).poll) return err('EPERM');
  const ep = of.private_data;
  if (!(ep instanceof eventpoll) || of === target) return err('EINVAL');
  if (op === EPOLL_CTL_ADD && target.private_data instanceof eventpoll && (depth(target.private_data, ep) > MAX_NESTS)) return err('ELOOP');
  forget_closed(k, ep);
  const key = key_of(fd, target);
  const known = ep.items.get(key);
  switch (op) {
    case EPOLL_CTL_ADD:
      if (known) return err('EEXIST');
      k.trace.insert(ep.items, key, { file: target, fd, event: always(event), told: null, listed: k.rq.wakes });
      break;
    case EPOLL_CTL_MOD:
      if (!known) return err('ENOENT');
      k.trace.insert(ep.items, key, { ...known, event: always(event), told: null, listed: k.rq.wakes });
      break;
    case EPOLL_CTL_DEL:
      if (!known) return err('ENOENT');
      k.trace.remove(ep.items, key);
      return 0;
    default: return err('EINVAL');
  }
  for (const queue of poll_queues(k, target)) watch_wakes(k, queue);
  return 0;
}

const always = ({ events, data }: epoll_event): epoll_event => ({ events: (events | POLLERR | POLLHUP) >>> 0, data });

/** How many sets below this one there are, one in another; more than allowed when `above` is among them. */
function depth(ep: eventpoll, above: eventpoll): number {
  if (ep === above) return MAX_NESTS + 1;
  let most = 0;
  for (const { file: of } of ep.items.values()) if (of.private_data instanceof eventpoll) most = Math.max(most, depth(of.private_data, above));
  return most + 1;
}

/** Files that nobody has open any more leave by themselves. */
function forget_closed(k: Kernel, ep: eventpoll): void {
  for (const [key, { file: of }] of [...ep.items.map]) if (of.freed) k.trace.remove(ep.items, key);
}

function wakes(k: Kernel, of: file): number {
  return poll_queues(k, of).reduce((sum, queue) => sum + wakes_of(k, queue), 0);
}

/** The events of an item that are to be reported now. */
function ready_events(k: Kernel, { file: of, event, told }: epitem): number {
  const wanted = event.events & ~PRIVATE_BITS;
  if (of.freed || wanted === 0) return 0;
  const events = vfs_poll(k, of) & wanted;
  return event.events >= EPOLLET && told !== null && told === wakes(k, of) ? 0 : events;
}

/** When it became ready, in wake-ups: those that were so already when they were reported last stand where they were put then. */
function ready_since(k: Kernel, { file: of, listed }: epitem): number {
  const first = Math.min(...poll_queues(k, of).map((queue) => first_wake_after(k, queue, listed)));
  return first === Infinity ? listed : first;
}

/** At most `max` events of a set, in the order in which they came; each that is reported goes to the end of the list. */
function send_events(k: Kernel, ep: eventpoll, max: number): epoll_event[] {
  const found: epoll_event[] = [];
  const ready = [...ep.items.map].flatMap(([key, item]) => {
    const events = ready_events(k, item);
    return events === 0 ? [] : [{ key, item, events, since: ready_since(k, item) }];
  });
  for (const { key, item, events } of ready.sort((a, b) => a.since - b.since).slice(0, max)) {
    found.push({ events, data: item.event.data });
    k.trace.remove(ep.items, key);
    const spent = (item.event.events & EPOLLONESHOT) !== 0;
    k.trace.insert(ep.items, key, { ...item, event: spent ? { ...item.event, events: 0 } : item.event, told: wakes(k, item.file), listed: k.rq.wakes });
  }
  return found;
}

/** epoll_pwait(2). `deadline`: of the machine's clock, null for ever. Errors: EINVAL, EBADF. */
export function sys_epoll_wait(k: Kernel, epfd: number, max: number, deadline: bigint | null, mask: bigint | null): readonly epoll_event[] | Err | Blocked {
  if (max <= 0 || max > Math.floor(0x7fffffff / 12)) return err('EINVAL');
  const of = fget(k, epfd);
  if (!of) return err('EBADF');
  const ep = of.private_data;
  if (!(ep instanceof eventpoll)) return err('EINVAL');
  set_user_sigmask(k, mask);
  forget_closed(k, ep);
  const found = send_events(k, ep, max);
  if (found.length > 0 || (deadline !== null && deadline <= k.timekeeper.monotonic)) {
    restore_user_sigmask(k, mask);
    return found;
  }
  if (signal_pending(k.current)) {
    k.trace.write(k.current, 'interrupted', { kind: 'epoll', result: null });
    return Blocked;
  }
  return wait_on_any(k, [ep, ...queues(k, ep)], 'epoll', [], deadline);
}

function queues(k: Kernel, ep: eventpoll): KObject[] {
  return [...ep.items.values()].flatMap(({ file: of }) => (of.freed ? [] : [...poll_queues(k, of)]));
}

register_file_ops('eventpoll', {
  stream: true,
  release(k, of) {
    if (of.private_data) k.trace.free(of.private_data);
  },
  poll(k, of) {
    const ep = of.private_data;
    const ready = ep instanceof eventpoll && [...ep.items.values()].some((item) => ready_events(k, item) !== 0);
    return ready ? READABLE | POLLIN : 0;
  },
  wait_queues: (k, of) => (of.private_data instanceof eventpoll ? [of.private_data, ...queues(k, of.private_data)] : []),
  name: () => 'anon_inode:[eventpoll]',
});
