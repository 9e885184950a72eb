import type { Choices } from './choices.ts';
import { CHAR, INT, INT_TYPES, UNSIGNED } from './types.ts';
import type { IntType } from './types.ts';

export interface Variable { readonly name: string; readonly type: IntType; readonly lo?: bigint; readonly hi?: bigint; readonly fixed?: true }
export interface FloatVariable { readonly name: string; readonly type: 'float' | 'double' }
/** `length` is a power of two. A pointer that points to the first of so many elements is one, too. */
export interface ArrayVariable { readonly name: string; readonly type: IntType; readonly length: number; readonly rows?: number; readonly pointer?: true }
/** A member; of a bit-field, `type` has as many bits as it. */
export interface Field { readonly path: string; readonly type: IntType; readonly bitField: boolean }
/** A function without side effects. */
export interface Pure { readonly name: string; readonly result: IntType; readonly parameters: readonly IntType[] }

/** What a piece of program may use. */
export class Scope {
  readonly choices: Choices;
  readonly prefix: string;
  readonly ints: Variable[] = [];
  readonly floats: FloatVariable[] = [];
  readonly arrays: ArrayVariable[] = [];
  readonly fields: Field[] = [];
  readonly functions: Pure[] = [];
  /** Names of arrays of function pointers, with how many they hold and what these take and give. */
  readonly tables: { readonly name: string; readonly length: number; readonly of: Pure }[] = [];
  readonly #made: { count: number };

  constructor(choices: Choices, prefix: string, made = { count: 0 }) {
    this.choices = choices;
    this.prefix = prefix;
    this.#made = made;
  }

  name(stem: string): string {
    return `${stem}${this.#made.count++}`;
  }

  type(): IntType {
    return this.choices.pick(INT_TYPES);
  }

  /** A block inside: it sees all of this, and what it adds goes with it. */
  inner(): Scope {
    const made = new Scope(this.choices, this.prefix, this.#made);
    for (const list of ['ints', 'floats', 'arrays', 'fields', 'functions', 'tables'] as const) (made[list] as unknown[]).push(...this[list]);
    return made;
  }
}

/** Types that struct members are given. */
export const MEMBER_TYPES: readonly IntType[] = [INT, CHAR, UNSIGNED, ...INT_TYPES.slice(3)];
