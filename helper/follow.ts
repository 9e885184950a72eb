import type { Part, ScanStatus } from './protocol.ts';
import { cpuSince } from './scan/cpuClock.ts';
import type { Focus, Scanner } from './scan/scanner.ts';
import { Alarm, turn } from './pace.ts';

/** Who is told what the follower finds. Each promise resolves when the message was handed to the system. */
export interface Audience {
  begin(parts: number): Promise<void>;
  chunk(part: Part): Promise<void>;
  end(status: ScanStatus): Promise<void>;
  delta(part: Part, status: ScanStatus): Promise<void>;
  log(text: string): void;
}

/** What the client wants to be told. */
export interface Wish {
  readonly visible: boolean;
  readonly focus: Focus;
  readonly intervalMs: number;
  /** Look for descriptors, bind mounts and sockets too? */
  readonly slowScan: boolean;
}

/** Milliseconds at least between the end of a slow scan and the next, and the share of the CPU that slow scans may take. */
const SLOW_PAUSE_MS = 5000;
const SLOW_SHARE = 0.05;
const SLICE_MS = 8;
/** The status is told at least so often, in milliseconds, when nothing else is to be told. */
const STATUS_MS = 10_000;
/** After so many milliseconds out of sight a tick is not enough: everything is read again. */
const STALE_MS = 15_000;

const NOTHING: Part = { tuples: [], endedProcesses: [], endedNamespaces: [], endedContainers: [], containers: [], namespaces: [], processes: [] };

/**
 * Decides when to scan: at once and wholly when first looked at, then tick by tick, and not at all while nobody looks.
 * One thing at a time; the next tick waits until what the last one found was sent.
 */
export class Follower {
  readonly #scanner: Scanner;
  readonly #audience: Audience;
  readonly #alarm = new Alarm();
  #wish: Wish = { visible: false, focus: { pids: [], namespaces: [] }, intervalMs: 1000, slowScan: true };
  #started = false;
  #stopped = false;
  #jobs: (() => Promise<void>)[] = [];
  #lastTick = 0;
  #lastSent = 0;
  #slow: Generator<undefined, void> | undefined;
  #slowDone = 0;

  constructor(scanner: Scanner, audience: Audience) {
    this.#scanner = scanner;
    this.#audience = audience;
  }

  watch(wish: Wish): void {
    this.#wish = wish;
    this.#alarm.ring();
  }

  /** Scans everything now; resolves when what was found has been sent. */
  refresh(): Promise<ScanStatus> {
    return this.#job(async () => {
      if (!this.#started) {
        await this.#first();
      } else {
        this.#dropSlow();
        await this.#drain(this.#scanner.identity());
        await this.#drain(this.#scanner.details(true));
        await this.#holders();
      }
      return this.#scanner.status;
    });
  }

  /** Tells everything again. */
  resync(): Promise<void> {
    return this.#job(async () => {
      if (this.#started) await this.#snapshot();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#alarm.ring();
  }

  /** Follows until stopped. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      const job = this.#jobs.shift();
      const now = performance.now();
      if (job) await job();
      else if (!this.#wish.visible) {
        this.#dropSlow();
        await this.#alarm.sleep(Infinity);
      }
      else if (!this.#started) await this.#first();
      else if (now - this.#lastTick >= this.#wish.intervalMs) await this.#tick(now);
      else await this.#between();
    }
  }

  async #job<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push(() => work().then(resolve, reject));
      this.#alarm.ring();
    });
  }

  /** The tree shows as soon as identities are known; details and holders follow. */
  async #first(): Promise<void> {
    this.#started = true;
    const identity = this.#scanner.identity();
    while (!this.#slice(identity)) await turn();
    await this.#snapshot();
    await this.#drain(this.#scanner.details(false));
    this.#lastTick = performance.now();
    await this.#holders();
  }

  /** A slow scan at full speed, unless none is wanted. */
  async #holders(): Promise<void> {
    if (this.#wish.slowScan) await this.#drain(this.#scanner.holders());
    this.#slowDone = performance.now();
  }

  async #tick(now: number): Promise<void> {
    if (now - this.#lastTick > Math.max(STALE_MS, 5 * this.#wish.intervalMs)) {
      this.#audience.log('all processes are read again: nobody looked for a while');
      await this.#drain(this.#scanner.identity());
      await this.#drain(this.#scanner.details(true));
    }
    this.#lastTick = now;
    await this.#send(this.#scanner.tick(this.#wish.focus));
  }

  /** Until the next tick: goes on with the slow scan, at a small share of the CPU. */
  async #between(): Promise<void> {
    const left = this.#lastTick + this.#wish.intervalMs - performance.now();
    if (!this.#wish.slowScan) this.#dropSlow();
    if (!this.#slow) {
      if (!this.#wish.slowScan || performance.now() - this.#slowDone < SLOW_PAUSE_MS) {
        await this.#alarm.sleep(left);
        return;
      }
      this.#slow = this.#scanner.holders();
    }
    const before = process.cpuUsage();
    if (this.#slice(this.#slow)) {
      this.#slow = undefined;
      this.#slowDone = performance.now();
      await this.#send(this.#scanner.changes());
    }
    await this.#alarm.sleep(Math.min(left, cpuSince(before) / SLOW_SHARE));
  }

  /** Gives up a slow scan half-way: what it has open, and so keeps alive, is closed. */
  #dropSlow(): void {
    this.#slow?.return(undefined);
    this.#slow = undefined;
  }

  /** Goes on for a few milliseconds. True when it came to its end. */
  #slice(generator: Generator<undefined, void>): boolean {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) if (generator.next().done) return true;
    return false;
  }

  /** Runs a reading to its end and tells what it finds as it goes. */
  async #drain(generator: Generator<undefined, void>): Promise<void> {
    while (!this.#slice(generator)) {
      await this.#send(this.#scanner.changes());
      await turn();
    }
    await this.#send(this.#scanner.changes(), true);
  }

  async #snapshot(): Promise<void> {
    const parts = this.#scanner.snapshot();
    await this.#audience.begin(parts.length);
    for (const part of parts) {
      await this.#audience.chunk(part);
      await turn();
    }
    await this.#audience.end(this.#scanner.status);
    this.#lastSent = performance.now();
  }

  /** @param always tell the status even when there is nothing else */
  async #send(parts: readonly Part[], always = false): Promise<void> {
    const due = always || performance.now() - this.#lastSent >= STATUS_MS;
    for (const part of parts.length === 0 && due ? [NOTHING] : parts) {
      await this.#audience.delta(part, this.#scanner.status);
      this.#lastSent = performance.now();
    }
  }
}
