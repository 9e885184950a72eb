import { readFileSync } from 'node:fs';
import { median } from '../bench/report.ts';

/** Resident memory of a process now, MB; NaN when it has ended. */
export function residentMb(pid: number): number {
  try {
    return Number(/^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return NaN;
  }
}

/** What a program may take on over a soak: a fraction of what it had, and megabytes for what collectors leave lying. */
const GROWTH = 0.25, SLACK_MB = 40;

/** The memory of one program over a soak. */
export class MemoryCurve {
  readonly name: string;
  readonly #samples: number[] = [];

  constructor(name: string) { this.name = name; }

  add(mb: number): void { if (!Number.isNaN(mb)) this.#samples.push(mb); }

  /**
   * The second quarter against the last: the first is start-up, in which everything grows.
   * @returns `grown`: beyond the bound; `text`: the figures for people
   */
  verdict(): { readonly grown: boolean; readonly text: string } {
    const quarter = this.#samples.length >> 2;
    if (quarter < 2) return { grown: true, text: `${this.name}: only ${this.#samples.length} samples` };
    const before = median(this.#samples.slice(quarter, 2 * quarter)), after = median(this.#samples.slice(-quarter));
    const bound = before * (1 + GROWTH) + SLACK_MB;
    return {
      grown: after > bound,
      text: `${this.name}: ${before.toFixed(0)} MB early, ${after.toFixed(0)} MB late (bound ${bound.toFixed(0)}), ${this.#samples.length} samples`,
    };
  }
}
