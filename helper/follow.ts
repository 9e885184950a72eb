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

/** A reading of nothing. */
function* noReading(): Generator<undefined, void> { yield; }
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
  /** When the last tick began, and how long it took, in milliseconds. */
  #lastTick = 0;
  #tickMs = 0;
  #lastSent = 0;
  /** Readings still to be made before ticks alone are enough. */
  #backlog: (() => Generator<undefined, void>)[] = [];
  /** The one that is under way: the first of the backlog or, when that is empty, a slow scan. */
  #reading: Generator<undefined, void> | undefined;
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
        this.#backlog = [];
        await this.#drain(this.#scanner.details(false));
      } else {
        this.#pause();
        this.#backlog = [];
        await this.#drain(this.#scanner.identity());
        await this.#drain(this.#scanner.details(true));
      }
      if (this.#wish.slowScan) await this.#drain(this.#scanner.holders());
      this.#slowDone = performance.now();
      await this.#send([], true);
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
        this.#pause();
        await this.#alarm.sleep(Infinity);
      }
      else if (!this.#started) await this.#first();
      else if (now - this.#lastTick >= this.#period) await this.#tick(now);
      else if (this.#backlog.length > 0) await this.#catchUp();
      else await this.#between();
    }
  }

  /** Between the beginnings of two ticks. On a host so busy that a tick takes long, at least half of the time is for the rest. */
  get #period(): number { return Math.max(this.#wish.intervalMs, 2 * this.#tickMs); }

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
    this.#lastTick = performance.now();
    this.#backlog = [() => this.#scanner.details(false), () => this.#wish.slowScan ? this.#scanner.holders() : noReading()];
  }

  /** Goes on with what a first look needs besides identities, at full speed but in slices. */
  async #catchUp(): Promise<void> {
    const [next] = this.#backlog;
    if (!next) return;
    this.#reading ??= next();
    const done = this.#slice(this.#reading);
    if (done) {
      this.#reading = undefined;
      this.#backlog.shift();
      this.#slowDone = performance.now();
    }
    await this.#send(this.#scanner.changes(), done);
    await turn();
  }

  async #tick(now: number): Promise<void> {
    if (now - this.#lastTick > Math.max(STALE_MS, 5 * this.#wish.intervalMs)) {
      this.#audience.log('all processes are read again: nobody looked for a while');
      this.#pause();
      this.#backlog = [() => this.#scanner.identity(), () => this.#scanner.details(true)];
      this.#lastTick = now;
      return;
    }
    this.#lastTick = now;
    const parts = this.#scanner.tick(this.#wish.focus);
    this.#tickMs = performance.now() - now;
    await this.#send(parts);
  }

  /** Until the next tick: goes on with the slow scan, at a small share of the CPU. */
  async #between(): Promise<void> {
    const left = this.#lastTick + this.#period - performance.now();
    if (!this.#wish.slowScan) this.#pause();
    if (!this.#reading) {
      if (!this.#wish.slowScan || performance.now() - this.#slowDone < SLOW_PAUSE_MS) {
        await this.#alarm.sleep(left);
        return;
      }
      this.#reading = this.#scanner.holders();
    }
    const before = process.cpuUsage();
    if (this.#slice(this.#reading)) {
      this.#reading = undefined;
      this.#slowDone = performance.now();
      await this.#send(this.#scanner.changes());
    }
    await this.#alarm.sleep(Math.min(left, cpuSince(before) / SLOW_SHARE));
  }

  /** Gives up a reading half-way, to begin it anew some other time: what it has open, and so keeps alive, is closed. */
  #pause(): void {
    this.#reading?.return(undefined);
    this.#reading = undefined;
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
    await this.#send(this.#scanner.changes());
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
