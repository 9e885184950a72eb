import type { Kernel } from './kernel.ts';

/** Nanoseconds since 1970: what files are stamped with. */
export function realtime(k: Kernel): bigint {
  return k.timekeeper.monotonic + k.timekeeper.realtime_offset;
}
