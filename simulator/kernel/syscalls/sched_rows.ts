import { err, isErr } from '../errno.ts';
import { get_random_bytes } from '../devices.ts';
import { sched_priority, sched_task, sys_getpriority, sys_ioprio_get, sys_ioprio_set, sys_sched_setaffinity, sys_sched_setscheduler, sys_setpriority } from '../nice.ts';
import { Reader, Writer } from '../uaccess.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, pointer, row, uint } from './table.ts';

/** Bytes of the kernel's own mask of processors. */
const CPUMASK = 8;

function getaffinity(call: Call, nr: number, size: number, address: number): Result {
  if (size < CPUMASK || size % CPUMASK !== 0) return err('EINVAL');
  const task = sched_task(call.k, nr);
  return typeof task === 'number' ? err('ESRCH') : answer(call, address, new Writer().u64(1).done(), CPUMASK);
}

function setscheduler(call: Call, nr: number, policy: number | null, address: number): Result {
  if (address === 0 || nr < 0) return err('EINVAL');
  const bytes = given(call, address, 4);
  if (isErr(bytes)) return bytes;
  const task = sched_task(call.k, nr);
  if (typeof task === 'number') return task;
  return sys_sched_setscheduler(call.k, nr, policy ?? task.policy, new Reader(bytes).i32());
}

const GRND_NONBLOCK = 1;
const GRND_RANDOM = 2;
const GRND_INSECURE = 4;

function getrandom(call: Call, address: number, count: number, flags: number): Result {
  if ((flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE)) !== 0 || (flags & (GRND_RANDOM | GRND_INSECURE)) === (GRND_RANDOM | GRND_INSECURE)) return err('EINVAL');
  const bytes = get_random_bytes(call.k, count);
  return answer(call, address, bytes, bytes.length);
}

export const SCHED_CALLS: readonly SyscallRow[] = [
  row('getpriority', [int, int], sys_getpriority),
  row('setpriority', [int, int, int], sys_setpriority),
  row('ioprio_get', [int, int], sys_ioprio_get),
  row('ioprio_set', [int, int, int], sys_ioprio_set),
  filled('sched_getaffinity', [int, uint, pointer], getaffinity),
  filled('sched_setaffinity', [int, uint, pointer], (call, nr, size, address) => {
    const bytes = given(call, address, Math.min(size, CPUMASK));
    return isErr(bytes) ? bytes : sys_sched_setaffinity(call.k, nr, bytes);
  }),
  row('sched_getscheduler', [int], (k, nr) => {
    const task = sched_task(k, nr);
    return typeof task === 'number' ? task : task.policy;
  }),
  filled('sched_setscheduler', [int, int, pointer], (call, nr, policy, address) => (policy < 0 ? err('EINVAL') : setscheduler(call, nr, policy, address))),
  filled('sched_setparam', [int, pointer], (call, nr, address) => setscheduler(call, nr, null, address)),
  filled('sched_getparam', [int, pointer], (call, nr, address) => {
    const task = sched_task(call.k, nr);
    if (typeof task === 'number') return task;
    return address === 0 ? err('EINVAL') : answer(call, address, new Writer().u32(task.rt_priority).done());
  }),
  row('sched_get_priority_max', [int], (_, policy) => sched_priority(policy, true)),
  row('sched_get_priority_min', [int], (_, policy) => sched_priority(policy, false)),
  filled('sched_rr_get_interval', [int, pointer], (call, nr, address) => {
    const task = sched_task(call.k, nr);
    return typeof task === 'number' ? task : answer(call, address, new Writer().u64(0).u64(task.policy === 2 ? 100_000_000 : 3_000_000).done());
  }),
  filled('getrandom', [pointer, long, uint], getrandom),
];
