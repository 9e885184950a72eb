import { err, isErr, type Err } from '../../kernel/errno.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { wait_on, wake_up_process } from '../../kernel/sched.ts';
import type { Call, Result, SyscallRow } from '../../kernel/syscalls/table.ts';
import { filled, given, int, long, uint } from '../../kernel/syscalls/table.ts';
import type { task_struct } from '../../kernel/task.ts';
import { Reader } from '../../kernel/uaccess.ts';
import { futex_q } from './books.ts';
import type { Machine } from './machine.ts';

const FUTEX_WAIT = 0;
const FUTEX_WAKE = 1;
const FUTEX_REQUEUE = 3;
const FUTEX_CMP_REQUEUE = 4;
const FUTEX_WAIT_BITSET = 9;
const FUTEX_WAKE_BITSET = 10;
const FUTEX_CLOCK_REALTIME = 256;
const COMMAND = ~(128 | FUTEX_CLOCK_REALTIME);
const ANY = 0xffffffff;
const NSEC = 1_000_000_000n;
/** What a wake writes over the wait's mask: it was woken, and not by the clock or a signal. */
const WOKEN = 'woken';

/** The same word has the same key: by where it is in a shared object, or in which mm. Null: not mapped. */
function keyOf({ user }: Machine, mm: number, address: number): string | null {
  const region = user.spaces.get(mm)?.regions.find((one) => one.from <= address && one.to > address);
  if (!region) return null;
  if (region.object) for (const [id, is] of user.objects) if (is === region.object) return `object ${id}+${region.offset + address - region.from}`;
  return `mm ${mm}+${address}`;
}

function queueOf(k: Kernel, machine: Machine, key: string): futex_q {
  const known = machine.books.futexes.get(key);
  if (known) return known;
  const made = k.trace.alloc(new futex_q());
  k.trace.insert(machine.books.futexes, key, made);
  return made;
}

/** Sleepers on that word, in order. */
function sleepers(k: Kernel, machine: Machine, key: string): readonly task_struct[] {
  const q = machine.books.futexes.get(key);
  return q ? k.rq.waiters.get(q) ?? [] : [];
}

function wake(k: Kernel, machine: Machine, key: string, count: number, bitset: number): number {
  let woken = 0;
  for (const task of sleepers(k, machine, key)) {
    if (woken >= count) break;
    if ((Number(task.wait?.args[1]) & bitset) === 0) continue;
    release(k, machine, task);
    woken++;
  }
  return woken;
}

/** Wakes one sleeper and lets its call know that this was why. */
function release(k: Kernel, machine: Machine, task: task_struct): void {
  const call = k.calls.get(task.id);
  if (call) k.trace.insert(k.calls, task.id, { ...call, waited: { kind: WOKEN, args: [] } });
  wake_up_process(k, task);
  forget(k, machine);
}

/** Words on which nobody sleeps are nobody's business. */
function forget(k: Kernel, { books }: Machine): void {
  for (const [key, q] of [...books.futexes.map]) {
    if (k.rq.waiters.has(q)) continue;
    k.trace.remove(books.futexes, key);
    k.trace.free(q);
  }
}

/** The thread that ends, and whose number others wait for, wakes one of them. */
export function wakeOne(k: Kernel, machine: Machine, mm: number, address: number): void {
  const key = keyOf(machine, mm, address);
  if (key !== null) wake(k, machine, key, 1, ANY);
}

function requeue(k: Kernel, machine: Machine, from: string, to: string, count: number): number {
  let moved = 0;
  for (const task of [...sleepers(k, machine, from)]) {
    if (moved >= count || !task.wait) break;
    const [on, ...rest] = task.wait.args;
    const q = queueOf(k, machine, to);
    const left = (k.rq.waiters.get(on as futex_q) ?? []).filter((other) => other !== task);
    if (left.length > 0) k.trace.insert(k.rq.waiters, on as futex_q, left);
    else k.trace.remove(k.rq.waiters, on as futex_q);
    k.trace.insert(k.rq.waiters, q, [...k.rq.waiters.get(q) ?? [], task]);
    k.trace.write(task, 'wait', { ...task.wait, args: [q, ...rest] });
    moved++;
  }
  forget(k, machine);
  return moved;
}

/** The time at which a wait ends, on the machine's monotonic clock; null: never. FUTEX_WAIT's is from now on, FUTEX_WAIT_BITSET's a time of the clock. */
function deadline(call: Call, op: number, address: number): bigint | null | Err {
  if (address === 0) return null;
  const bytes = given(call, address, 16);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const seconds = reader.i64();
  const nanoseconds = reader.i64();
  if (seconds < 0 || nanoseconds < 0 || nanoseconds >= Number(NSEC)) return err('EINVAL');
  const time = BigInt(seconds) * NSEC + BigInt(nanoseconds);
  const { monotonic, realtime_offset } = call.k.timekeeper;
  if ((op & COMMAND) === FUTEX_WAIT) return monotonic + time;
  if ((op & FUTEX_CLOCK_REALTIME) !== 0) return time - realtime_offset;
  return time - (call.k.current.nsproxy?.time_ns?.offsets.monotonic ?? 0n);
}

function wait(machine: Machine, call: Call, key: string, address: number, value: number, until: bigint | null, bitset: number): Result {
  const { k, waited } = call;
  if (waited?.kind === WOKEN) return 0;
  const ends = waited?.deadline ?? until;
  if (waited && ends !== null && k.timekeeper.monotonic >= ends) {
    forget(k, machine);
    return err('ETIMEDOUT');
  }
  const word = given(call, address, 4);
  if (isErr(word)) return word;
  if (new Reader(word).u32() !== value >>> 0) return err('EAGAIN');
  if (ends !== null && k.timekeeper.monotonic >= ends) return err('ETIMEDOUT');
  return wait_on(k, queueOf(k, machine, key), 'futex', [bitset], ends);
}

function futex(machine: Machine, call: Call, address: number, op: number, value: number, timeout: number, address2: number, value3: number): Result {
  const { k } = call;
  const mm = k.current.mm?.id ?? 0;
  if (address % 4 !== 0) return err('EINVAL');
  const key = keyOf(machine, mm, address);
  if (key === null) return err('EFAULT');
  const command = op & COMMAND;
  const bitset = command === FUTEX_WAIT_BITSET || command === FUTEX_WAKE_BITSET ? value3 : ANY;
  if (bitset === 0) return err('EINVAL');
  switch (command) {
    case FUTEX_WAIT: case FUTEX_WAIT_BITSET: {
      const until = call.waited ? null : deadline(call, op, timeout);
      return isErr(until) ? until : wait(machine, call, key, address, value, until, bitset);
    }
    case FUTEX_WAKE: case FUTEX_WAKE_BITSET: return wake(k, machine, key, Math.max(value | 0, 1), bitset);
    case FUTEX_REQUEUE: case FUTEX_CMP_REQUEUE: {
      const to = address2 % 4 === 0 ? keyOf(machine, mm, address2) : null;
      if ((value | 0) < 0 || (timeout | 0) < 0) return err('EINVAL');
      if (to === null) return err(address2 % 4 === 0 ? 'EFAULT' : 'EINVAL');
      const word = given(call, address, 4);
      if (isErr(word)) return word;
      if (command === FUTEX_CMP_REQUEUE && new Reader(word).u32() !== value3 >>> 0) return err('EAGAIN');
      const woken = wake(k, machine, key, value | 0, ANY);
      return woken + (to === key ? 0 : requeue(k, machine, key, to, timeout | 0));
    }
    default:
      machine.report(`futex() operation ${command}`);
      return err('ENOSYS');
  }
}

/** Waiting for memory. A wait that a signal interrupts is made anew, or EINTR, as the kernel decides for every call. */
export function futexCalls(machine: Machine): readonly SyscallRow[] {
  return [
    filled('futex', [long, int, uint, long, long, uint], (call, address, op, value, timeout, address2, value3) => futex(machine, call, address, op, value, timeout, address2, value3)),
  ];
}
