import type { CSymbol, Span } from '../ast.ts';
import type { EnumTag, IntegerType, RecordTag, Type } from '../types.ts';

/** What an ordinary name can mean. `align` of a typedef: what an attribute gave it. */
export type Meaning =
  | CSymbol
  | { readonly kind: 'typedef'; readonly name: string; readonly type: Type; readonly align: number | null; readonly span: Span }
  | { readonly kind: 'enumerator'; readonly name: string; type: IntegerType; readonly value: bigint; readonly span: Span };

export type Tag =
  | { readonly kind: 'struct' | 'union'; readonly tag: RecordTag; readonly span: Span; /** Its members are being read. */ open: boolean }
  | { readonly kind: 'enum'; readonly tag: EnumTag; type: IntegerType; complete: boolean; readonly span: Span };

export class Scope {
  readonly parent: Scope | null;
  readonly names = new Map<string, Meaning>();
  readonly tags = new Map<string, Tag>();
  /** Of a parameter list: what is declared there ends with it. */
  isPrototype = false;
  constructor(parent: Scope | null) { this.parent = parent; }

  find(name: string): Meaning | null { return this.names.get(name) ?? this.parent?.find(name) ?? null; }
  findTag(name: string): Tag | null { return this.tags.get(name) ?? this.parent?.findTag(name) ?? null; }
  /** All names in reach, for "did you mean". */
  *visible(): Generator<Meaning> {
    yield* this.names.values();
    if (this.parent) yield* this.parent.visible();
  }
}
