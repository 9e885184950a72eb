import type { CancellationToken } from 'vscode-jsonrpc';
import type { Hello, Requests, ScanStatus } from '../../helper/protocol.ts';
import { PROTOCOL_VERSION } from '../../helper/protocol.ts';
import type { HostModel, ModelChange } from '../../helper/model/model.ts';
import type { Log } from '../log.ts';
import { Alarm } from './alarm.ts';
import { ChangeSet } from './changeSet.ts';
import type { Follow } from './follower.ts';
import { Follower } from './follower.ts';
import { HelperError } from './helperError.ts';
import type { Ending, HelperCommand } from './helperProcess.ts';
import { HelperProcess } from './helperProcess.ts';
import type { RunLimits } from './helperRun.ts';
import { HelperRun, LIMITS } from './helperRun.ts';
import { Intake } from './intake.ts';
import type { Versions } from './liveHost.ts';
import type { ModelMethod } from './schema/messages.ts';
import { sentenceOf } from './schema/refusal.ts';
import { Slices } from './slices.ts';
import { Strikes } from './strikes.ts';
import { Waiters } from './waiters.ts';

/** As `HostState`, without words for people. */
export type ClientState =
  | { readonly kind: 'idle' | 'starting' | 'live' }
  | { readonly kind: 'crashed'; readonly at: Date; readonly how: Ending; readonly retryInMs: number | null }
  | { readonly kind: 'versionMismatch'; readonly helper: Versions; readonly extension: Versions };

export interface ClientEvents {
  changed(change: ModelChange): void;
  scanned(status: ScanStatus): void;
  stateChanged(state: ClientState): void;
}

/** What the rest of the extension may ask; the other requests are the client's own business. */
export type Askable = Exclude<keyof Requests, 'initialize' | 'watch' | 'resync'>;

export interface ClientOptions {
  readonly command: HelperCommand;
  /** Of the extension; the helper must say the same. */
  readonly version: string;
  readonly follow: Follow;
  readonly log: Log;
  /** When to start again after a crash. */
  readonly policy: { crashed(now: number, livedMs: number): number | null; forget(): void };
  readonly limits?: Partial<RunLimits>;
}

/** While the first snapshot grows, changes are told together, so many milliseconds after the first; later at the end of each slice of work. */
const COALESCE_MS = 50;

/** Keeps a helper running while somebody needs it, and a model in step with what it tells. Knows nothing of VS Code. */
export class HelperClient {
  readonly #options: ClientOptions;
  readonly #limits: RunLimits;
  readonly #events: ClientEvents;
  readonly #log: Log;
  // who looks at a live model between two slices must have been told of all that is in it
  readonly #slices = new Slices(undefined, undefined, () => { if (this.#state.kind === 'live') this.#tellNow(); });
  readonly #intake: Intake;
  readonly #changes = new ChangeSet();
  readonly #strikes = new Strikes();
  readonly #follower: Follower;
  /** Woken by every change of state, every hello and every complete snapshot. */
  readonly #waiters = new Waiters();
  readonly #retry = new Alarm(() => this.#startAgain());
  readonly #tell = new Alarm(() => this.#tellNow());
  /** Rings when a snapshot that must come does not. */
  readonly #snapshotLate: Alarm;
  #run: HelperRun | undefined;
  #ready: Promise<HelperRun> | undefined;
  #startedAt = 0;
  #hello: Hello | undefined;
  #status: ScanStatus | undefined;
  #state: ClientState = { kind: 'idle' };
  #visible = false;
  /** Commands that need the model now, though the view may be hidden. */
  #loads = 0;
  /** This helper's first snapshot is complete. */
  #snapshot = false;
  #disposed = false;

  constructor(options: ClientOptions, events: ClientEvents) {
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#events = events;
    this.#log = options.log;
    this.#follower = new Follower(options.follow, options.log);
    this.#snapshotLate = new Alarm(() => this.#run?.fail({ kind: 'silent', ms: this.#limits.requestMs }));
    this.#intake = new Intake({
      changed: (change) => {
        this.#changes.add(change);
        if (!this.#tell.isSet) this.#tell.set(COALESCE_MS);
      },
      scanned: (status, snapshot) => this.#scanned(status, snapshot),
      refused: (refusal) => this.#resync(sentenceOf(refusal)),
      gap: (expected, received) => this.#resync(`message ${expected} is missing, ${received} came`),
    });
  }

  get model(): HostModel { return this.#intake.model; }
  get hello(): Hello | undefined { return this.#hello; }
  get status(): ScanStatus | undefined { return this.#status; }
  get state(): ClientState { return this.#state; }
  /** The process id of the helper that runs. */
  get pid(): number | undefined { return this.#run?.pid; }
  /** How long the extension host had to wait for us at worst, milliseconds. */
  get longestSliceMs(): number { return this.#slices.longestMs; }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible && this.#state.kind === 'idle') this.#start();
    this.#follow();
  }

  follow(follow: Follow): void {
    this.#follower.set(this.#follower.visible, follow);
  }

  /** Starts anew on a person's wish: what was before is forgotten. `started`: with this helper, which runs already, until it ends. */
  restart(started?: HelperProcess): void {
    this.#options.policy.forget();
    const old = this.#run;
    this.#forgetRun();
    if (old) void old.end();
    this.#start(started);
  }

  async request<M extends Askable>(method: M, params: Requests[M]['params'], token?: CancellationToken): Promise<Requests[M]['result']> {
    const run = await this.#running(token);
    const result = await run.request(method, params, token);
    // what a refresh found was sent before its answer, and may not have been taken in yet
    if (method === 'refresh') {
      await this.#slices.settled();
      this.#tellNow();
    }
    return result;
  }

  /** See `LiveHost.load`. */
  async load(reason: string, token?: CancellationToken): Promise<void> {
    if (this.#visible && this.#snapshot) return;
    this.#loads++;
    try {
      await this.#running(token);
      this.#follow();
      if (this.#snapshot) await this.request('refresh', { reason }, token);
      while (!this.#snapshot) {
        await this.#waiters.next(token);
        await this.#running(token);
      }
      this.#tellNow();
    } finally {
      this.#loads--;
      this.#follow();
    }
  }

  /** Ends the helper and everything else; resolves when the helper has ended. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const run = this.#run;
    this.#forgetRun();
    this.#tell.clear();
    this.#waiters.wake();
    await run?.end();
  }

  #start(process?: HelperProcess): void {
    if (this.#disposed) return;
    this.#retry.clear();
    this.#startedAt = Date.now();
    this.#strikes.forget();
    const run = new HelperRun(process ?? new HelperProcess(this.#options.command), this.#limits, this.#log, {
      message: (method, params) => this.#message(run, method, params),
      broke: (reason) => { if (this.#run === run) this.#broke(reason); },
    });
    this.#run = run;
    this.#log.debug(`helper ${run.pid ?? ''}: started`);
    void run.ended.then((ending) => { if (this.#run === run) this.#crashed(ending); });
    this.#ready = this.#greet(run);
    // who asks for it gets the failure; `ended` tells of it as well
    this.#ready.catch(() => undefined);
    this.#setState({ kind: 'starting' });
  }

  async #greet(run: HelperRun): Promise<HelperRun> {
    const hello = await run.initialize(this.#options.version).catch((error: unknown) => {
      // a hello that cannot be understood leaves nothing to go on with
      if (error instanceof HelperError && error.failure.kind === 'refused') run.fail({ kind: 'protocol', reason: error.failure.reason });
      if (error instanceof HelperError && error.failure.kind === 'answer') run.fail({ kind: 'protocol', reason: error.failure.text });
      throw error;
    });
    if (this.#run !== run) throw new HelperError({ kind: 'ended' });
    if ('mismatch' in hello) {
      const extension = { version: this.#options.version, protocol: PROTOCOL_VERSION };
      this.#log.error(`helper ${JSON.stringify(hello.mismatch)} does not fit extension ${JSON.stringify(extension)}`);
      this.#forgetRun();
      void run.end();
      this.#setState({ kind: 'versionMismatch', helper: hello.mismatch, extension });
      throw new HelperError({ kind: 'notRunning' });
    }
    this.#hello = hello;
    this.#log.info(`helper ${hello.pid}: ready after ${Date.now() - this.#startedAt} ms, as uid ${hello.uid} with ${hello.capabilities.length} capabilities`);
    this.#follower.attach(run);
    if (this.#follower.visible) this.#snapshotLate.set(this.#limits.requestMs);
    this.#waiters.wake();
    return run;
  }

  /** The helper when it has said hello; started, or waited for, when need be. */
  async #running(token?: CancellationToken): Promise<HelperRun> {
    for (;;) {
      if (token?.isCancellationRequested) throw new HelperError({ kind: 'cancelled' });
      if (this.#state.kind === 'idle') this.#start();
      const { state } = this;
      if (this.#disposed || state.kind === 'versionMismatch' || (state.kind === 'crashed' && state.retryInMs === null)) throw new HelperError({ kind: 'notRunning' });
      const ready = await this.#ready?.catch(() => undefined);
      if (ready && ready === this.#run) return ready;
      // it has crashed, or is about to be told that it did: another will be started, or not
      if (this.#run === undefined && this.#state === state) await this.#waiters.next(token);
      else if (this.#state === state) await this.#run?.ended;
    }
  }

  #message(run: HelperRun, method: ModelMethod, params: unknown): void {
    if (this.#run !== run) return;
    if (this.#snapshotLate.isSet) this.#snapshotLate.set(this.#limits.requestMs);
    this.#slices.add(this.#intake.take(method, params), (error) => {
      // what was checked and still cannot be applied is a fault of ours or the helper's: either way the whole must come again
      this.#intake.expectSnapshot();
      this.#resync(`${method}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  #scanned(status: ScanStatus, snapshot: boolean): void {
    this.#status = status;
    // who hears that a scan is complete must have heard what it found, else that would be news afterwards
    this.#tellNow();
    if (snapshot) {
      this.#snapshot = true;
      this.#snapshotLate.clear();
      this.#log.debug(`snapshot complete: ${this.model.processes.size} processes, ${this.model.namespaces.size} namespaces, ${Date.now() - this.#startedAt} ms after the start, longest slice ${this.#slices.longestMs.toFixed(1)} ms`);
      if (this.#state.kind === 'live') this.#waiters.wake();
      else this.#setState({ kind: 'live' });
    }
    this.#events.scanned(status);
  }

  #resync(reason: string): void {
    this.#broke(reason);
    const run = this.#run;
    if (!run) return;
    this.#snapshotLate.set(this.#limits.requestMs);
    run.request('resync', {}).catch((error: unknown) => { this.#log.debug(`resync: ${String(error)}`); });
  }

  #broke(reason: string): void {
    this.#log.warn(`the helper broke the protocol: ${reason}`);
    if (this.#strikes.add(Date.now())) this.#run?.fail({ kind: 'protocol', reason });
  }

  #crashed(how: Ending): void {
    const now = Date.now();
    this.#forgetRun();
    const retryInMs = how.kind === 'spawn' && how.code !== 'EAGAIN' ? null : this.#options.policy.crashed(now, now - this.#startedAt);
    this.#log.error(`the helper ended after ${now - this.#startedAt} ms: ${JSON.stringify(how)}; ${retryInMs === null ? 'it is not started again' : `next start in ${retryInMs} ms`}`);
    if (retryInMs === null) {
      // an old picture that will not change any more would lie
      this.#intake.clear();
      this.#status = undefined;
      this.#tellNow();
    } else {
      this.#retry.set(retryInMs);
    }
    this.#setState({ kind: 'crashed', at: new Date(now), how, retryInMs });
  }

  #startAgain(): void {
    if (this.#visible || this.#waiters.size > 0) this.#start();
    else this.#setState({ kind: 'idle' });
  }

  /** The run is over for us, whatever its process still does. */
  #forgetRun(): void {
    this.#run = undefined;
    this.#ready = undefined;
    this.#snapshot = false;
    this.#retry.clear();
    this.#snapshotLate.clear();
    this.#follower.attach(undefined);
    this.#slices.clear();
    this.#intake.expectSnapshot();
  }

  #follow(): void {
    const visible = this.#visible || this.#loads > 0;
    this.#follower.set(visible);
    if (!visible) this.#snapshotLate.clear();
    else if (this.#run && this.#hello && !this.#snapshot) this.#snapshotLate.set(this.#limits.requestMs);
  }

  #setState(state: ClientState): void {
    this.#state = state;
    this.#events.stateChanged(state);
    this.#waiters.wake();
  }

  #tellNow(): void {
    this.#tell.clear();
    if (!this.#changes.empty && !this.#disposed) this.#events.changed(this.#changes.take());
  }
}
