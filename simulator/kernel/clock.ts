import { CAP_SYS_TIME, cap_capable, ns_capable } from './capability.ts';
import type { cred } from './cred.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { task_struct } from './task.ts';
import type { time_namespace } from './time.ts';

export const CLOCK_REALTIME = 0;
export const CLOCK_MONOTONIC = 1;
export const CLOCK_PROCESS_CPUTIME_ID = 2;
export const CLOCK_THREAD_CPUTIME_ID = 3;
export const CLOCK_MONOTONIC_RAW = 4;
export const CLOCK_REALTIME_COARSE = 5;
export const CLOCK_MONOTONIC_COARSE = 6;
export const CLOCK_BOOTTIME = 7;
export const CLOCK_REALTIME_ALARM = 8;
export const CLOCK_BOOTTIME_ALARM = 9;
export const CLOCK_TAI = 11;

export const NSEC_PER_SEC = 1_000_000_000n;
/** Most seconds of a kernel time (63 bits of nanoseconds). */
const KTIME_MAX = (1n << 63n) - 1n;
const KTIME_SEC_MAX = KTIME_MAX / NSEC_PER_SEC;

/** What a clock of the host shows is this much more in the task's time namespace (KERNEL.md 6.8). */
export function timens_offset(task: task_struct, clock: number): bigint {
  const offsets = task.nsproxy?.time_ns?.offsets;
  if (!offsets) return 0n;
  switch (clock) {
    case CLOCK_MONOTONIC: case CLOCK_MONOTONIC_RAW: case CLOCK_MONOTONIC_COARSE: return offsets.monotonic;
    case CLOCK_BOOTTIME: case CLOCK_BOOTTIME_ALARM: return offsets.boottime;
    default: return 0n;
  }
}

/** The host's clock, without offsets. */
export function ktime_get(k: Kernel, clock: number): bigint | null {
  const { monotonic, realtime_offset } = k.timekeeper;
  switch (clock) {
    case CLOCK_REALTIME: case CLOCK_REALTIME_COARSE: case CLOCK_REALTIME_ALARM: case CLOCK_TAI: return monotonic + realtime_offset;
    case CLOCK_MONOTONIC: case CLOCK_MONOTONIC_RAW: case CLOCK_MONOTONIC_COARSE: case CLOCK_BOOTTIME: case CLOCK_BOOTTIME_ALARM: return monotonic;
    default: return null;
  }
}

/** clock_gettime(2) in nanoseconds. Errors: EINVAL. Clocks of processor time are the machine's, which counts what programs run. */
export function sys_clock_gettime(k: Kernel, clock: number): bigint | Err {
  const host = ktime_get(k, clock);
  return host === null ? err('EINVAL') : host + timens_offset(k.current, clock);
}

/** clock_settime(2). Errors: EINVAL (not settable, or before 1970), EPERM. */
export function sys_clock_settime(k: Kernel, clock: number, nanoseconds: bigint): 0 | Err {
  if (clock !== CLOCK_REALTIME) return err('EINVAL');
  if (nanoseconds < 0n || nanoseconds < k.timekeeper.monotonic) return err('EINVAL');
  if (!ns_capable(k, k.init_user_ns, CAP_SYS_TIME)) return err('EPERM');
  k.trace.write(k.timekeeper, 'realtime_offset', nanoseconds - k.timekeeper.monotonic);
  return 0;
}

/** The host's monotonic time at which a sleep until `nanoseconds` of that clock (as the caller sees it) ends; null: no such clock. */
export function timens_ktime_to_host(k: Kernel, clock: number, nanoseconds: bigint): bigint | null {
  switch (clock) {
    case CLOCK_REALTIME: case CLOCK_TAI: return nanoseconds - k.timekeeper.realtime_offset;
    case CLOCK_MONOTONIC: case CLOCK_BOOTTIME: return nanoseconds - timens_offset(k.current, clock);
    default: return null;
  }
}

/** What /proc/uptime shows, in nanoseconds: boot time of the reader's time namespace. [G7] */
export function uptime(k: Kernel): bigint {
  return k.timekeeper.monotonic + timens_offset(k.current, CLOCK_BOOTTIME);
}

const NAMES: Readonly<Record<string, 'monotonic' | 'boottime'>> = { 'monotonic': 'monotonic', '1': 'monotonic', 'boottime': 'boottime', '7': 'boottime' };

/** What reading /proc/PID/timens_offsets shows. */
export function proc_timens_show_offsets(ns: time_namespace): string {
  return (['monotonic', 'boottime'] as const).map((name) => {
    const sec = floor_div(ns.offsets[name], NSEC_PER_SEC);
    const nsec = ns.offsets[name] - sec * NSEC_PER_SEC;
    return `${name.padEnd(10)} ${String(sec).padStart(10)} ${String(nsec).padStart(9)}\n`;
  }).join('');
}

function floor_div(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b < 0n ? q - 1n : q;
}

/**
 * Writes /proc/PID/timens_offsets of `task` (KERNEL.md 5.7), which is null when it is gone by now. At most two lines are used: the number of
 * bytes used. Errors: EINVAL, ESRCH, EPERM, ERANGE, EACCES.
 */
export function proc_timens_set_offset(k: Kernel, file: { readonly f_cred: cred }, task: task_struct | null, text: string): number | Err {
  const parsed = parse_offsets(text);
  if (!parsed) return err('EINVAL');
  const ns = task?.nsproxy?.time_ns_for_children;
  if (!ns) return err('ESRCH');
  if (!cap_capable(k, file.f_cred, ns.user_ns, CAP_SYS_TIME)) return err('EPERM');
  const sums: { name: 'monotonic' | 'boottime'; offset: bigint }[] = [];
  for (const { name, sec, nsec } of parsed.lines) {
    if (sec > KTIME_SEC_MAX || sec < -KTIME_SEC_MAX) return err('ERANGE');
    const offset = sec * NSEC_PER_SEC + nsec;
    const clock = k.timekeeper.monotonic + offset;
    if (clock < 0n || clock / NSEC_PER_SEC > KTIME_SEC_MAX / 2n) return err('ERANGE');
    sums.push({ name, offset });
  }
  if (ns.frozen_offsets) return err('EACCES');
  for (const { name, offset } of sums) k.trace.write(ns, 'offsets', { ...ns.offsets, [name]: offset });
  return parsed.used;
}

/** Lines `clock seconds nanoseconds`; null when one of the first two can not be read. */
function parse_offsets(text: string): { readonly lines: { name: 'monotonic' | 'boottime'; sec: bigint; nsec: bigint }[]; readonly used: number } | null {
  const lines: { name: 'monotonic' | 'boottime'; sec: bigint; nsec: bigint }[] = [];
  let at = 0;
  do {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const found = /^\s*(\S{1,9})\s+([+-]?\d+)\s+(\d+)/.exec(text.slice(at, end));
    const name = found && Object.hasOwn(NAMES, found[1] ?? '') ? NAMES[found[1] ?? ''] : undefined;
    if (!found || !name) return null;
    const nsec = BigInt(found[3] ?? 0);
    if (nsec >= NSEC_PER_SEC) return null;
    lines.push({ name, sec: BigInt(found[2]?.replace('+', '') ?? 0), nsec });
    at = newline < 0 ? text.length : newline + 1;
  } while (at < text.length && lines.length < 2);
  return { lines, used: at };
}
