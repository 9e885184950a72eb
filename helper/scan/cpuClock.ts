/** Wall clock time after which a sliced reading lets others work, in milliseconds. */
const SLICE_MS = 8;

/** CPU milliseconds of this process since an earlier `process.cpuUsage()`. */
export function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Adds up the CPU time of a reading that is interrupted from time to time, and tells when to interrupt it. */
export class CpuClock {
  #total = 0;
  #mark = process.cpuUsage();
  #sliceBegan = performance.now();
  #paused = false;

  /** Time to let others work? If so the clock stands still until `resume`. */
  slice(): boolean {
    if (performance.now() - this.#sliceBegan < SLICE_MS) return false;
    this.#total += cpuSince(this.#mark);
    this.#paused = true;
    return true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#mark = process.cpuUsage();
    this.#sliceBegan = performance.now();
  }

  /** CPU milliseconds so far. */
  total(): number {
    return this.#paused ? this.#total : this.#total + cpuSince(this.#mark);
  }
}
