import type { Container, Namespace, Part, ScanStatus, WireProcess } from '../../helper/protocol.ts';
import type { ModelChange } from '../../helper/model/model.ts';
import { HostModel } from '../../helper/model/model.ts';
import { resetChange } from './changeSet.ts';
import type { ModelMethod, PartEnvelope } from './schema/messages.ts';
import { notifications } from './schema/messages.ts';
import { container, namespace, wireProcess } from './schema/model.ts';
import type { Refusal } from './schema/refusal.ts';
import { check } from './schema/refusal.ts';
import type { Steps } from './slices.ts';

/** What happens while messages are taken in. */
export interface IntakeEvents {
  /** `model` changed, or is another object (`reset`). */
  changed(change: ModelChange): void;
  /** A scan is complete: the first, after a snapshot, with `snapshot` set. */
  scanned(status: ScanStatus, snapshot: boolean): void;
  /** A message was not taken; nothing more is, until the whole snapshot comes again: ask for it. */
  refused(refusal: Refusal): void;
  /** Messages are missing; nothing is taken until the whole snapshot comes again: ask for it. */
  gap(expected: number, received: number): void;
}

/** Members of a long list that are checked or applied in one step: some tenths of a millisecond. */
const STEP = 32;

/**
 * Takes in the helper's messages: checks every one, whole, before any of it reaches the model, and applies it in small steps.
 * The first snapshot grows where people can see it; a later one is built aside and then replaces the model at once.
 */
export class Intake {
  #model = new HostModel();
  readonly #events: IntakeEvents;
  /** Of the next message; null: only a snapshot from its beginning will do. */
  #expected: number | null = null;
  /** The snapshot that is being received; it may be `#model` itself. */
  #building: HostModel | undefined;
  #complete = false;

  constructor(events: IntakeEvents) {
    this.#events = events;
  }

  get model(): HostModel { return this.#model; }

  /** Another helper will send: its numbers start anew, and so does what it tells. The model stays as it is until then. */
  expectSnapshot(): void {
    this.#expected = null;
    this.#building = undefined;
  }

  /** Forgets all there is. */
  clear(): void {
    this.expectSnapshot();
    this.#model = new HostModel();
    this.#complete = false;
    this.#events.changed(resetChange(this.#model));
  }

  /** Takes one message; `params` is whatever came. */
  *take(method: ModelMethod, params: unknown): Steps {
    const checked = check(notifications[method], params, method, 'params');
    yield;
    if ('refusal' in checked) { this.#refuse(checked.refusal); return; }
    const message = checked.ok;
    if (method === 'snapshot/begin') {
      this.#building = this.#complete ? new HostModel() : this.#model;
      this.#expected = message.seq + 1;
      if (this.#building === this.#model && this.#model.processes.size > 0) {
        this.#model.clear();
        this.#events.changed(resetChange(this.#model));
      }
      return;
    }
    if (this.#expected === null) return;
    if (message.seq !== this.#expected) {
      const expected = this.#expected;
      this.expectSnapshot();
      this.#events.gap(expected, message.seq);
      return;
    }
    if ('part' in message) {
      const target = method === 'delta' ? this.#model : this.#building;
      if (!target) { this.#refuse({ method, where: 'params', expected: 'snapshot/begin before it', received: `seq ${message.seq}` }); return; }
      if (!(yield* this.#takePart(method, message.part, target))) return;
    }
    this.#expected = message.seq + 1;
    if ('status' in message) {
      const snapshot = method === 'snapshot/end';
      if (snapshot) this.#finish();
      this.#events.scanned(message.status, snapshot);
    }
  }

  /** False when it was refused. */
  *#takePart(method: ModelMethod, part: PartEnvelope, target: HostModel): Generator<undefined, boolean, undefined> {
    const where = 'params.part';
    const containers: Container[] = [], namespaces: Namespace[] = [], processes: WireProcess[] = [];
    let steps = 0;
    const lists = [
      { name: 'containers', schema: container, from: part.containers, to: containers },
      { name: 'namespaces', schema: namespace, from: part.namespaces, to: namespaces },
      { name: 'processes', schema: wireProcess, from: part.processes, to: processes },
    ] as const;
    for (const { name, schema, from, to } of lists) {
      for (const [i, item] of from.entries()) {
        const checked = check(schema, item, method, `${where}.${name}[${i}]`);
        if ('refusal' in checked) { this.#refuse(checked.refusal); return false; }
        (to as unknown[]).push(checked.ok);
        if (++steps % STEP === 0) yield;
      }
    }
    for (const [i, process] of processes.entries()) {
      if (process.ns < part.tuples.length) continue;
      this.#refuse({ method, where: `${where}.processes[${i}].ns`, expected: `one of ${part.tuples.length} tuples`, received: String(process.ns) });
      return false;
    }
    const visibly = target === this.#model;
    for (const piece of pieces({ ...part, containers, namespaces, processes })) {
      yield;
      const change = target.apply(piece);
      if (visibly) this.#events.changed(change);
    }
    return true;
  }

  #finish(): void {
    this.#complete = true;
    const built = this.#building;
    this.#building = undefined;
    if (!built || built === this.#model) return;
    this.#model = built;
    this.#events.changed(resetChange(built));
  }

  #refuse(refusal: Refusal): void {
    this.expectSnapshot();
    this.#events.refused(refusal);
  }
}

/** A part as several small ones, in the order in which a whole one is applied. */
function* pieces(part: Part): Generator<Part> {
  const nothing = { tuples: part.tuples, endedProcesses: [], endedNamespaces: [], endedContainers: [], containers: [], namespaces: [], processes: [] };
  for (const endedProcesses of runs(part.endedProcesses)) yield { ...nothing, endedProcesses };
  for (const endedNamespaces of runs(part.endedNamespaces)) yield { ...nothing, endedNamespaces };
  if (part.endedContainers.length > 0) yield { ...nothing, endedContainers: part.endedContainers };
  for (const containers of runs(part.containers)) yield { ...nothing, containers };
  for (const namespaces of runs(part.namespaces)) yield { ...nothing, namespaces };
  for (const processes of runs(part.processes)) yield { ...nothing, processes };
}

function* runs<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let i = 0; i < list.length; i += STEP) yield list.slice(i, i + STEP);
}
