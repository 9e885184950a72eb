import type { ArrayType, FloatType, FunctionType, IntegerName, IntegerType, PointerType, Qualifiers, RecordTag, RecordType, Type, VoidType } from '../types.ts';

export const NO_QUALIFIERS: Qualifiers = { const: false, volatile: false, restrict: false };

const integer = (name: IntegerName, size: 1 | 2 | 4 | 8, signed: boolean): IntegerType => ({ kind: 'integer', name, size, signed, q: NO_QUALIFIERS });
export const INTEGER: Readonly<Record<IntegerName, IntegerType>> = {
  '_Bool': integer('_Bool', 1, false), 'char': integer('char', 1, true), 'signed char': integer('signed char', 1, true), 'unsigned char': integer('unsigned char', 1, false),
  'short': integer('short', 2, true), 'unsigned short': integer('unsigned short', 2, false), 'int': integer('int', 4, true), 'unsigned int': integer('unsigned int', 4, false),
  'long': integer('long', 8, true), 'unsigned long': integer('unsigned long', 8, false), 'long long': integer('long long', 8, true), 'unsigned long long': integer('unsigned long long', 8, false),
};
export const BOOL = INTEGER._Bool, CHAR = INTEGER.char, INT = INTEGER.int, UINT = INTEGER['unsigned int'], LONG = INTEGER.long, ULONG = INTEGER['unsigned long'];
export const VOID: VoidType = { kind: 'void', q: NO_QUALIFIERS };
export const FLOAT: FloatType = { kind: 'float', name: 'float', size: 4, q: NO_QUALIFIERS };
export const DOUBLE: FloatType = { kind: 'float', name: 'double', size: 8, q: NO_QUALIFIERS };
export const LONG_DOUBLE: FloatType = { kind: 'float', name: 'long double', size: 16, q: NO_QUALIFIERS };

/**
 * The type of what was wrong and has been reported: everything may be done with it, and nothing more is said. It is told by identity.
 * As an int it has a size, so that whoever lays things out needs no case for it.
 */
export const ERROR: IntegerType = integer('int', 4, true);
export function isError(type: Type): boolean {
  return type === ERROR || type.kind === 'pointer' && isError(type.to) || type.kind === 'array' && isError(type.of);
}

export function pointerTo(to: Type, q: Qualifiers = NO_QUALIFIERS): PointerType { return { kind: 'pointer', to, q }; }
export function arrayOf(of: Type, length: number | null): ArrayType { return { kind: 'array', of, length, q: NO_QUALIFIERS }; }
export function functionOf(returns: Type, params: readonly Type[], options: { readonly variadic?: boolean; readonly prototyped?: boolean } = {}): FunctionType {
  return { kind: 'function', returns, params, variadic: options.variadic ?? false, prototyped: options.prototyped ?? true, q: NO_QUALIFIERS };
}
export function recordOf(tag: RecordTag): RecordType { return { kind: 'record', tag, q: NO_QUALIFIERS }; }

/** The type with these qualifiers besides its own; of an array its elements get them. */
export function qualified(type: Type, q: Partial<Qualifiers>): Type {
  if (q.const !== true && q.volatile !== true && q.restrict !== true || type === ERROR) return type;
  if (type.kind === 'array') return { ...type, of: qualified(type.of, q) };
  return { ...type, q: { const: type.q.const || q.const === true, volatile: type.q.volatile || q.volatile === true, restrict: type.q.restrict || q.restrict === true } };
}
export function unqualified<T extends Type>(type: T): T {
  return type.q.const || type.q.volatile || type.q.restrict ? { ...type, q: NO_QUALIFIERS } : type;
}

const vaTag: RecordTag = { union: false, name: '__va_list_tag', size: 24, align: 8, fields: [
  { name: 'gp_offset', type: UINT, offset: 0 }, { name: 'fp_offset', type: UINT, offset: 4 }, { name: 'overflow_arg_area', type: pointerTo(VOID), offset: 8 }, { name: 'reg_save_area', type: pointerTo(VOID), offset: 16 },
] };
/** `__builtin_va_list`: as the ABI has it an array of one record, so that it is handed over by address. */
export const VA_LIST: ArrayType = arrayOf(recordOf(vaTag), 1);

export const isInteger = (type: Type): type is IntegerType => type.kind === 'integer';
export const isArithmetic = (type: Type): type is IntegerType | FloatType => type.kind === 'integer' || type.kind === 'float';
export const isScalar = (type: Type): boolean => type.kind === 'integer' || type.kind === 'float' || type.kind === 'pointer';
export const isRecord = (type: Type): type is RecordType => type.kind === 'record';
export const isFunctionPointer = (type: Type): type is PointerType & { readonly to: FunctionType } => type.kind === 'pointer' && type.to.kind === 'function';

/** Its size depends on values at run time. */
export function isVariable(type: Type): boolean { return type.kind === 'array' && (type.bytes !== undefined || isVariable(type.of)); }
/** Something in it has a size that depends on values at run time. */
export function isVariablyModified(type: Type): boolean {
  switch (type.kind) {
    case 'array': return type.bytes !== undefined || isVariablyModified(type.of);
    case 'pointer': return isVariablyModified(type.to);
    case 'function': return isVariablyModified(type.returns);
    default: return false;
  }
}

export function isComplete(type: Type): boolean {
  switch (type.kind) {
    case 'void': case 'function': return false;
    case 'array': return (type.length !== null || type.bytes !== undefined) && isComplete(type.of);
    case 'record': return type.tag.fields !== null;
    default: return true;
  }
}

/** Bytes of a complete type of constant size; of `void` and functions 1, as GNU C reckons; of others 0. */
export function sizeOf(type: Type): number {
  switch (type.kind) {
    case 'void': case 'function': return 1;
    case 'integer': case 'float': return type.size;
    case 'pointer': return 8;
    case 'array': return (type.length ?? 0) * sizeOf(type.of);
    case 'record': return type.tag.size;
  }
}

export function alignOf(type: Type): number {
  switch (type.kind) {
    case 'void': case 'function': return 1;
    case 'integer': case 'float': return type.size;
    case 'pointer': return 8;
    case 'array': return alignOf(type.of);
    case 'record': return Math.max(1, type.tag.align);
  }
}
