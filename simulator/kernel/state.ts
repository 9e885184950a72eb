import { object_name } from './names.ts';
import type { Kernel } from './kernel.ts';
import { Counted, KObject } from './object.ts';
import { references } from './references.ts';
import { Table } from './trace.ts';

/** `uts:2`: kind and id of an object. */
export type Key = string;

/** A value of a field, fit for JSON: `{ ref }` is an object of the state; bytes and numbers beyond 2^53 are told as text. */
export type Value = null | boolean | number | string | { readonly ref: Key } | readonly Value[] | { readonly [name: string]: Value };

/** One counted reference to an object. `by` is null for the kernel itself. */
export interface Holder { readonly by: Key | null; readonly slot: string; readonly n: number }

export interface StateObject {
  readonly key: Key;
  readonly kind: string;
  readonly id: number;
  /** `uts A`, `task 12`: the same as long as it lives. */
  readonly name: string;
  /** Null for objects that are not counted. */
  readonly count: number | null;
  readonly fields: { readonly [field: string]: Value };
  /** Who holds the references that `count` counts. */
  readonly holders: readonly Holder[];
}

/** The whole state at one moment. Plain data; the same state always gives the same text. */
export interface KernelState {
  readonly version: string;
  /** Whose system call is running. */
  readonly current: Key;
  /** In order of kind and id. */
  readonly objects: readonly StateObject[];
  /** What belongs to no object: numbers in use, queued work … */
  readonly tables: { readonly [name: string]: Value };
}

/** Kinds in the order in which pictures show them; others follow by name. */
const KINDS = ['task', 'nsproxy', 'uts', 'ipc', 'mnt', 'pid', 'net', 'time', 'cgroup', 'user', 'cred', 'struct pid', 'fs_struct', 'files_struct', 'file'];

export function key_of(of: KObject): Key {
  return `${of.kind}:${of.id}`;
}

/** The state of the kernel now. Objects that did not change since they were told last are not looked at again, unless `fresh`. */
export function state_of(k: Kernel, fresh = false): KernelState {
  const holders = holders_of(k);
  const rest = [...k.trace.live.keys()].filter((kind) => !KINDS.includes(kind)).sort();
  const objects: StateObject[] = [];
  for (const kind of [...KINDS, ...rest]) {
    for (const object of k.trace.live.get(kind) ?? []) objects.push(state_object(object, holders.get(object) ?? NOBODY, fresh));
  }
  const tables: Record<string, Value> = {};
  for (const [name, value] of Object.entries(k)) if (value instanceof Table) tables[name] = encode(value);
  return { version: k.version, current: key_of(k.current), objects, tables };
}

const NOBODY: readonly Holder[] = [];

/** The holders of every counted object. */
export function holders_of(k: Kernel): Map<KObject, Holder[]> {
  const holders = new Map<KObject, Holder[]>();
  references(k, (holder, slot, to, n) => {
    if (!to) return;
    const held: Holder = { by: holder && key_of(holder), slot, n };
    const list = holders.get(to);
    if (list) list.push(held);
    else holders.set(to, [held]);
  });
  return holders;
}

const SKIPPED: ReadonlySet<string> = new Set(['kind', 'id', 'freed', 'count', 'changes']);
/** Field names by class: all objects of a class have the same. */
const fieldsOf = new Map<unknown, readonly string[]>();

type Fields = StateObject['fields'];
/** What was told of each object, and at which count of changes. */
const told = new WeakMap<KObject, { readonly changes: number; readonly fields: Fields }>();

function state_object(object: KObject, holders: readonly Holder[], fresh: boolean): StateObject {
  const known = fresh ? undefined : told.get(object);
  const fields = known?.changes === object.changes ? known.fields : fields_of(object);
  if (fields !== known?.fields) told.set(object, { changes: object.changes, fields });
  const { kind, id } = object;
  return { key: key_of(object), kind, id, name: object_name(object), count: object instanceof Counted ? object.count : null, fields, holders };
}

function fields_of(object: KObject): Fields {
  let names = fieldsOf.get(object.constructor);
  if (!names) {
    names = Object.keys(object).filter((name) => !SKIPPED.has(name));
    fieldsOf.set(object.constructor, names);
  }
  const fields: Record<string, Value> = {};
  for (const name of names) fields[name] = encode((object as unknown as Record<string, unknown>)[name]);
  return fields;
}

const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 256)) + (bytes.length > 256 ? `… (${bytes.length} bytes)` : '');

function encode(value: unknown): Value {
  switch (typeof value) {
    case 'number': return Number.isFinite(value) ? value : String(value);
    case 'string': case 'boolean': return value;
    case 'undefined': return null;
    case 'bigint': return value.toString();
    case 'object': break;
    default: throw new Error(`a ${typeof value} is kept in the state`);
  }
  if (value === null) return null;
  if (value instanceof KObject) return value.id === 0 ? { unlisted: value.kind, name: object_name(value) } : { ref: key_of(value) };
  if (value instanceof Table) return value.size === 0 ? EMPTY : encode_entries(value.map);
  if (value instanceof Uint8Array) return text(value);
  if (Array.isArray(value)) return value.length === 0 ? EMPTY : value.map(encode);
  const plain: Record<string, Value> = {};
  for (const [name, part] of Object.entries(value)) plain[name] = encode(part);
  return plain;
}

const EMPTY: readonly Value[] = [];

/** A table is told as its entries, in its order: keys may be objects. */
function encode_entries(map: ReadonlyMap<unknown, unknown>): Value {
  const all: Value[] = [];
  for (const [key, value] of map) all.push([encode(key), encode(value)]);
  return all;
}
