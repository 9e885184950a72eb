/**
 * C types as the checker gives them and the code generator takes them. Sizes are bytes, LP64 Linux on x86-64 (System V ABI, section 3.1.2).
 * Types are compared by structure, but for structs, unions and enums, which are the same only when their `tag` is the same object.
 */
export interface Qualifiers { readonly const: boolean; readonly volatile: boolean; readonly restrict: boolean }

export type IntegerName =
  | '_Bool' | 'char' | 'signed char' | 'unsigned char' | 'short' | 'unsigned short' | 'int' | 'unsigned int'
  | 'long' | 'unsigned long' | 'long long' | 'unsigned long long';

export interface VoidType { readonly kind: 'void'; readonly q: Qualifiers }
/** Also enumerated types: then `enum` is its tag, and `name` that of the type that represents it (`unsigned int`, or `int` with a negative constant). */
export interface IntegerType { readonly kind: 'integer'; readonly name: IntegerName; readonly size: 1 | 2 | 4 | 8; readonly signed: boolean; readonly enum?: EnumTag; readonly q: Qualifiers }
/** `long double` has the size 16 and is computed as a double. */
export interface FloatType { readonly kind: 'float'; readonly name: 'float' | 'double' | 'long double'; readonly size: 4 | 8 | 16; readonly q: Qualifiers }
export interface PointerType { readonly kind: 'pointer'; readonly to: Type; readonly q: Qualifiers }
/** `length` null: incomplete (`int a[]`), or of variable length; then `bytes` is a hidden local of type unsigned long that holds the size of the whole array. */
export interface ArrayType { readonly kind: 'array'; readonly of: Type; readonly length: number | null; readonly bytes?: VariableSymbolRef; readonly q: Qualifiers }
/** `prototyped` false: `int f()`, whose arguments are promoted and not checked. */
export interface FunctionType { readonly kind: 'function'; readonly returns: Type; readonly params: readonly Type[]; readonly variadic: boolean; readonly prototyped: boolean; readonly q: Qualifiers }
export interface RecordType { readonly kind: 'record'; readonly tag: RecordTag; readonly q: Qualifiers }

export type Type = VoidType | IntegerType | FloatType | PointerType | ArrayType | FunctionType | RecordType;

/** Breaks the cycle to ast.ts: a `VariableSymbol` there. */
export interface VariableSymbolRef { readonly kind: 'variable'; readonly name: string }

export interface Field {
  /** '' for an anonymous struct or union member; its fields are also found directly in the outer record (the checker makes nested `member`s of that). */
  readonly name: string;
  readonly type: Type;
  /** Bytes from the start of the record; of a bit-field: of the unit of its type that holds it. */
  readonly offset: number;
  /** Bit-fields: the lowest bit within that unit, and how many. */
  readonly bits?: { readonly shift: number; readonly width: number };
}

/** A struct or union. Its parts are filled in when its definition has been read; until then it is incomplete. */
export interface RecordTag {
  readonly union: boolean;
  /** '' when it has none. */
  readonly name: string;
  /** Null: incomplete. */
  fields: readonly Field[] | null;
  size: number;
  align: number;
}

export interface EnumTag { readonly name: string; readonly constants: Map<string, bigint> }
