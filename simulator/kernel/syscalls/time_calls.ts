import { CLOCK_REALTIME, NSEC_PER_SEC, ktime_get, sys_clock_gettime, sys_clock_settime, uptime } from '../clock.ts';
import { err, isErr } from '../errno.ts';
import { seconds } from '../ipc_ids.ts';
import { TOTAL_MEMORY } from '../tmpfs.ts';
import { Reader, Writer } from '../uaccess.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, pointer } from './table.ts';

function clock_gettime(call: Call, clock: number, address: number): Result {
  const now = sys_clock_gettime(call.k, clock);
  if (typeof now !== 'bigint') return now;
  return answer(call, address, new Writer().u64(now / NSEC_PER_SEC).u64(now % NSEC_PER_SEC).done());
}

function clock_settime(call: Call, clock: number, address: number): Result {
  const bytes = given(call, address, 16);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const sec = reader.i64();
  const nsec = reader.i64();
  if (sec < 0 || nsec < 0 || nsec >= Number(NSEC_PER_SEC)) return err('EINVAL');
  return sys_clock_settime(call.k, clock, BigInt(sec) * NSEC_PER_SEC + BigInt(nsec));
}

function gettimeofday(call: Call, address: number): Result {
  if (address === 0) return 0;
  const now = ktime_get(call.k, CLOCK_REALTIME) ?? 0n;
  return answer(call, address, new Writer().u64(now / NSEC_PER_SEC).u64(now % NSEC_PER_SEC / 1000n).done());
}

const FREE_MEMORY = TOTAL_MEMORY * 0.75;
const SHARED_MEMORY = 1 << 20;
const BUFFER_MEMORY = 16 << 20;

/** struct sysinfo: how long the machine runs, its memory as /proc/meminfo has it, and how many tasks there are. */
function sysinfo(call: Call, address: number): Result {
  const up = uptime(call.k) / NSEC_PER_SEC;
  return answer(call, address, new Writer().u64(up).zeros(24).u64(TOTAL_MEMORY).u64(FREE_MEMORY).u64(SHARED_MEMORY).u64(BUFFER_MEMORY).zeros(16).u16(call.k.tasks.size).u16(0).u32(0).zeros(16).u32(1).u32(0).done());
}

export const TIME_CALLS: readonly SyscallRow[] = [
  filled('clock_gettime', [int, pointer], clock_gettime),
  filled('clock_settime', [int, pointer], clock_settime),
  filled('clock_getres', [int, pointer], (call, clock, address) => {
    const now = sys_clock_gettime(call.k, clock);
    if (typeof now !== 'bigint') return now;
    return address === 0 ? 0 : answer(call, address, new Writer().u64(0).u64(1).done());
  }),
  filled('gettimeofday', [pointer], gettimeofday),
  filled('time', [pointer], (call, address) => (address === 0 ? seconds(call.k) : answer(call, address, new Writer().u64(seconds(call.k)).done(), seconds(call.k)))),
  filled('sysinfo', [pointer], sysinfo),
];
