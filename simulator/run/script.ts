import { encode } from '../kernel/text.ts';
import type { Pause } from '../machine/system/computer.ts';
import { compare } from '../timeline/position.ts';
import type { Position } from '../timeline/position.ts';
import type { Recording } from '../timeline/recording.ts';
import { positionAt, tickOf } from '../timeline/ticks.ts';
import type { Session } from './session.ts';

/** What a person did at the terminal: typed this, or (empty) let time pass. `at`: at which step, counted from the program's start; null: as soon as somebody waits for it. */
export interface Typed { readonly text: string; readonly at: number | null }

/**
 * The input of an interactive run. What a person types becomes part of the recording, at the step at which it was typed; from there the run goes on, and what was recorded
 * behind it before is forgotten. The same script makes the same recording: whoever records asks `next` at each pause, and records on as long as something came.
 */
export class InputScript {
  readonly #session: Session;
  readonly #recording: Recording;
  #left: readonly Typed[];
  #done: { readonly text: string; readonly position: Position }[] = [];

  constructor(session: Session, recording: Recording, left: readonly Typed[]) {
    this.#session = session;
    this.#recording = recording;
    this.#left = left;
  }

  /** What was typed, in order, each with its step. */
  get typed(): readonly (Typed & { readonly at: number })[] {
    const start = tickOf(this.#recording.start);
    return this.#done.map(({ text, position }) => ({ text, at: tickOf(position) - start }));
  }

  /** The run stands because of `pause`: gives the next of what is to be typed. False: that was all, or its time does not come any more. */
  next(pause: Pause): boolean {
    const [entry, ...left] = this.#left;
    this.#left = left;
    if (!entry) return false;
    const { start, end } = this.#recording;
    const step = tickOf(end) - tickOf(start);
    if (entry.at === null ? pause !== 'input' : entry.at > step || (entry.text === '' && entry.at < step)) {
      this.#left = [];
      return false;
    }
    this.#recording.seek(entry.at === null ? end : positionAt(this.#recording, entry.at + tickOf(start)));
    this.type(entry.text);
    return true;
  }

  /** At the present moment; empty: at the end of the recording time passes. */
  type(text: string): void {
    const { end } = this.#recording;
    if (text === '') this.#session.letTimePass();
    const position = text === '' ? end : this.#recording.type(encode(text));
    this.forgetAfter(position);
    this.#done.push({ text, position });
  }

  /** The recording was cut off there. */
  forgetAfter(position: Position): void {
    this.#done = this.#done.filter((one) => compare(one.position, position) < 0);
  }
}
