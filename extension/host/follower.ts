import type { Requests } from '../../helper/protocol.ts';
import type { Log } from '../log.ts';
import { Alarm } from './alarm.ts';
import { HelperError } from './helperError.ts';
import type { HelperRun } from './helperRun.ts';

/** What is followed: the `watch` request without who looks. */
export type Follow = Omit<Requests['watch']['params'], 'visible'>;

/** A helper refuses longer lists: it would read little else. Nobody sees so many rows at once. */
const MOST = 500;

/** While it looks the helper is asked so often whether it still listens: it may hang in a read, and nothing else would tell. Milliseconds. */
const PULSE_MS = 15_000;

/** Tells one helper after the other what to follow: each change once, and all of it to a new one. */
export class Follower {
  readonly #log: Log;
  readonly #pulse: Alarm;
  #run: HelperRun | undefined;
  #follow: Follow;
  #visible = false;
  #sent = '';

  constructor(follow: Follow, log: Log) {
    this.#follow = follow;
    this.#log = log;
    this.#pulse = new Alarm(() => {
      this.#sent = '';
      this.#send();
    });
  }

  get visible(): boolean { return this.#visible; }

  /** The helper that has just said hello; undefined: there is none now. */
  attach(run: HelperRun | undefined): void {
    this.#run = run;
    this.#sent = '';
    this.#pulse.clear();
    // a new helper does nothing by itself, so that need not be told
    if (this.#visible) this.#send();
  }

  set(visible: boolean, follow: Follow = this.#follow): void {
    this.#visible = visible;
    this.#follow = follow;
    this.#send();
  }

  #send(): void {
    if (!this.#run) return;
    const { focusPids, focusNamespaces } = this.#follow;
    const params = { visible: this.#visible, ...this.#follow, focusPids: focusPids.slice(0, MOST), focusNamespaces: focusNamespaces.slice(0, MOST) };
    const text = JSON.stringify(params);
    if (text === this.#sent || (this.#sent === '' && !this.#visible)) return;
    this.#sent = text;
    if (this.#visible) this.#pulse.set(PULSE_MS);
    else this.#pulse.clear();
    this.#run.request('watch', params).catch((error: unknown) => {
      // an end is told elsewhere
      if (error instanceof HelperError && error.failure.kind !== 'ended') this.#log.warn(`watch: ${JSON.stringify(error.failure)}`);
    });
  }
}
