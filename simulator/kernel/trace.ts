import type { Listing, ListingLine } from './listing.ts';
import type { Counted, KObject } from './object.ts';

/** Values that a line's sentence may name: objects, numbers, texts. */
export type Operands = Readonly<Record<string, unknown>>;

/** `off`: nothing. `calls`: enter and return only (`nslab run --trace`). `full`: every line and every change. */
export type Level = 'off' | 'calls' | 'full';

/**
 * One event. All have the same shape, which keeps them small and quick to walk:
 * | op | subject | name | before | after |
 * |---|---|---|---|---|
 * | enter | Listing | `comm-pid` | task id | operands |
 * | line | ListingLine | – | – | operands |
 * | return | Listing | – | task id | the value |
 * | alloc, free | KObject | – | – | – |
 * | get, put | Counted | – | old count | new count |
 * | write | KObject | field | old | new |
 * | entry | Table | key | old value or ABSENT | new value |
 * | remove | Table | key | old value | its position in the table |
 * | current | Running | – | old task | new task |
 */
export interface TraceEvent {
  readonly op: 'enter' | 'line' | 'return' | 'alloc' | 'free' | 'get' | 'put' | 'write' | 'entry' | 'remove' | 'current';
  readonly subject: unknown;
  readonly name: unknown;
  readonly before: unknown;
  readonly after: unknown;
}

/** Stands for "no such key" in an `entry` event, since undefined may be a value. */
export const ABSENT: unique symbol = Symbol('absent');

/** What knows whose system call is running: the kernel. */
export interface Running { current: unknown }

/** A map that belongs to an object and whose changes are traced. Iterates in order of insertion. */
export class Table<K, V> {
  readonly owner: KObject | null;
  /** The field of the owner that it is. */
  readonly name: string;
  /** Read it freely; change it through `Trace.put`/`Trace.remove` only. */
  readonly map = new Map<K, V>();
  constructor(owner: KObject | null, name: string) {
    this.owner = owner;
    this.name = name;
  }

  get(key: K): V | undefined { return this.map.get(key); }
  has(key: K): boolean { return this.map.has(key); }
  get size(): number { return this.map.size; }
  values(): IterableIterator<V> { return this.map.values(); }
}

/**
 * Where every change of the modelled kernel goes through. It knows nothing of namespaces: it makes changes, and at level
 * `full` remembers them in `events`, from which any earlier state can be had back (`undo`) and made again (`redo`).
 */
export class Trace {
  level: Level;
  readonly events: TraceEvent[] = [];
  /** Objects by kind that are allocated and not freed. */
  readonly live = new Map<string, Set<KObject>>();
  readonly #lastId = new Map<string, number>();

  constructor(level: Level = 'off') {
    this.level = level;
  }

  enter(subject: Listing, task: number, label: string, operands: Operands): void {
    if (this.level !== 'off') this.events.push({ op: 'enter', subject, name: label, before: task, after: operands });
  }

  line(subject: ListingLine, operands: Operands | null): void {
    if (this.level === 'full') this.events.push({ op: 'line', subject, name: null, before: null, after: operands });
  }

  leave<T>(subject: Listing, task: number, value: T): T {
    if (this.level !== 'off') this.events.push({ op: 'return', subject, name: null, before: task, after: value });
    return value;
  }

  /** Gives the object its id and makes it part of the state. Fields set before this are its initial contents. */
  alloc<T extends KObject>(object: T): T {
    const id = (this.#lastId.get(object.kind) ?? 0) + 1;
    this.#lastId.set(object.kind, id);
    object.id = id;
    this.#enlist(object);
    if (this.level === 'full') this.events.push({ op: 'alloc', subject: object, name: null, before: null, after: null });
    return object;
  }

  free(object: KObject): void {
    if (object.freed) throw new Error(`${object.kind} ${object.id} is freed twice`);
    object.freed = true;
    this.live.get(object.kind)?.delete(object);
    if (this.level === 'full') this.events.push({ op: 'free', subject: object, name: null, before: null, after: null });
  }

  write<T extends KObject, F extends keyof T & string>(object: T, field: F, value: T[F]): void {
    const before = object[field];
    if (Object.is(before, value)) return;
    object[field] = value;
    object.changes++;
    if (this.level === 'full') this.events.push({ op: 'write', subject: object, name: field, before, after: value });
  }

  get<T extends Counted>(object: T, n = 1): T {
    if (object.freed) throw new Error(`${object.kind} ${object.id} is used after it was freed`);
    const before = object.count;
    object.count = before + n;
    if (this.level === 'full') this.events.push({ op: 'get', subject: object, name: null, before, after: before + n });
    return object;
  }

  /** Drops references; true when none is left, and the caller must free the object. */
  put(object: Counted, n = 1): boolean {
    if (object.freed || object.count < n) throw new Error(`${object.kind} ${object.id}: its count falls below 0`);
    const before = object.count;
    object.count = before - n;
    if (this.level === 'full') this.events.push({ op: 'put', subject: object, name: null, before, after: before - n });
    return object.count === 0;
  }

  insert<K, V>(table: Table<K, V>, key: K, value: V): void {
    const before: unknown = table.map.has(key) ? table.map.get(key) : ABSENT;
    table.map.set(key, value);
    if (table.owner) table.owner.changes++;
    if (this.level === 'full') this.events.push({ op: 'entry', subject: table, name: key, before, after: value });
  }

  remove<K, V>(table: Table<K, V>, key: K): void {
    if (!table.map.has(key)) return;
    if (this.level === 'full') this.events.push({ op: 'remove', subject: table, name: key, before: table.map.get(key), after: position(table.map, key) });
    table.map.delete(key);
    if (table.owner) table.owner.changes++;
  }

  /** From now on it is that task's system call. */
  run<T>(running: { current: T }, task: T): void {
    const before = running.current;
    if (before === task) return;
    running.current = task;
    if (this.level === 'full') this.events.push({ op: 'current', subject: running, name: null, before, after: task });
  }

  /** Takes back one event's change. Events must be taken back in reverse order. */
  undo(event: TraceEvent): void { this.#apply(event, event.before, false); }

  /** Makes one event's change again, in order. */
  redo(event: TraceEvent): void { this.#apply(event, event.after, true); }

  #apply(event: TraceEvent, value: unknown, forwards: boolean): void {
    switch (event.op) {
      case 'enter': case 'line': case 'return': return;
      case 'current': (event.subject as Running).current = value; return;
      case 'alloc': {
        const object = event.subject as KObject;
        if (forwards) this.#enlist(object);
        else this.live.get(object.kind)?.delete(object);
        // What is done from here on instead gets the same ids.
        this.#lastId.set(object.kind, forwards ? object.id : object.id - 1);
        return;
      }
      case 'free': {
        const object = event.subject as KObject;
        object.freed = forwards;
        if (forwards) this.live.get(object.kind)?.delete(object);
        else this.#enlistAgain(object);
        return;
      }
      case 'get': case 'put': (event.subject as Counted).count = value as number; return;
      case 'write': {
        (event.subject as Record<string, unknown>)[event.name as string] = value;
        (event.subject as KObject).changes++;
        return;
      }
      case 'entry': {
        const { map, owner } = event.subject as Table<unknown, unknown>;
        if (owner) owner.changes++;
        if (value === ABSENT) map.delete(event.name);
        else map.set(event.name, value);
        return;
      }
      case 'remove': {
        const { map, owner } = event.subject as Table<unknown, unknown>;
        if (owner) owner.changes++;
        if (forwards) map.delete(event.name);
        else putBack(map, event.name, event.before, event.after as number);
        return;
      }
    }
  }

  #enlist(object: KObject): void {
    const set = this.live.get(object.kind);
    if (set) set.add(object);
    else this.live.set(object.kind, new Set([object]));
  }

  /** Objects of a kind are always in order of their ids: what is walked in that order must not depend on steps back. */
  #enlistAgain(object: KObject): void {
    const set = this.live.get(object.kind);
    const later = [...set ?? []].filter((other) => other.id > object.id);
    for (const other of later) set?.delete(other);
    this.#enlist(object);
    for (const other of later) set?.add(other);
  }
}

/** How many entries stand before this one. */
function position(map: ReadonlyMap<unknown, unknown>, key: unknown): number {
  let at = 0;
  for (const other of map.keys()) {
    if (other === key) return at;
    at++;
  }
  return at;
}

/** Puts an entry where it stood: a map iterates in order of insertion, so those after it are inserted again. */
function putBack(map: Map<unknown, unknown>, key: unknown, value: unknown, at: number): void {
  const after = [...map].slice(at);
  for (const [other] of after) map.delete(other);
  map.set(key, value);
  for (const [other, held] of after) map.set(other, held);
}
