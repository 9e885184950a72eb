import type { FunctionType, Qualifiers, Type } from '../types.ts';
import { DOUBLE, ERROR, isError, qualified, unqualified } from './basic_types.ts';
import { promoted } from './promote.ts';

const sameQualifiers = (a: Qualifiers, b: Qualifiers): boolean => a.const === b.const && a.volatile === b.volatile && a.restrict === b.restrict;

/** Compatible types (C11 6.2.7). `ignore`: the outermost qualifiers do not matter. */
export function compatible(a: Type, b: Type, ignore = false): boolean {
  if (a === b || isError(a) || isError(b)) return true;
  if (!ignore && !sameQualifiers(a.q, b.q)) return false;
  switch (a.kind) {
    case 'void': return b.kind === 'void';
    // an enumerated type is compatible with the type that represents it
    case 'integer': return b.kind === 'integer' && a.name === b.name && (a.enum === undefined || b.enum === undefined || a.enum === b.enum);
    case 'float': return b.kind === 'float' && a.name === b.name;
    case 'pointer': return b.kind === 'pointer' && compatible(a.to, b.to);
    case 'array': return b.kind === 'array' && compatible(a.of, b.of, ignore) && (a.length === null || b.length === null || a.length === b.length);
    case 'record': return b.kind === 'record' && a.tag === b.tag;
    case 'function': return b.kind === 'function' && compatibleFunctions(a, b);
  }
}

function compatibleFunctions(a: FunctionType, b: FunctionType): boolean {
  if (!compatible(a.returns, b.returns, true)) return false;
  if (a.prototyped && b.prototyped) {
    return a.variadic === b.variadic && a.params.length === b.params.length && a.params.every((param, i) => compatible(param, b.params[i] ?? ERROR, true));
  }
  const known = a.prototyped ? a : b.prototyped ? b : null;
  const other = known === a ? b : a;
  if (!known) return true;
  // `int f()` goes with any prototype whose parameters survive the default promotions
  if (other.params.length > 0) return known.params.length === other.params.length && !known.variadic && known.params.every((param, i) => compatible(param, defaultPromoted(other.params[i] ?? ERROR), true));
  return !known.variadic && known.params.every((param) => compatible(param, defaultPromoted(param), true));
}

/** What an argument becomes that no prototype says anything about. */
export function defaultPromoted(type: Type): Type {
  return type.kind === 'float' ? (type.name === 'float' ? DOUBLE : unqualified(type)) : type.kind === 'integer' ? promoted(type) : type;
}

/** The composite of two compatible types: all that is known from both. */
export function composite(a: Type, b: Type): Type {
  if (a.kind === 'array' && b.kind === 'array') {
    const of = composite(a.of, b.of);
    if (a.length !== null || a.bytes) return { ...a, of };
    return { ...b, of };
  }
  if (a.kind === 'pointer' && b.kind === 'pointer') return { ...a, to: composite(a.to, b.to) };
  if (a.kind === 'function' && b.kind === 'function') {
    if (!b.prototyped) return a.params.length > 0 || a.prototyped ? a : b;
    if (!a.prototyped) return b;
    return { ...a, returns: composite(a.returns, b.returns), params: a.params.map((param, i) => composite(param, b.params[i] ?? param)) };
  }
  return a;
}

/** A parameter's type as it is meant: arrays and functions are pointers. */
export function asParameter(type: Type, q: Partial<Qualifiers> = {}): Type {
  if (type.kind === 'array') return qualified({ kind: 'pointer', to: type.of, q: type.q }, q);
  if (type.kind === 'function') return { kind: 'pointer', to: type, q: { const: false, volatile: false, restrict: false } };
  return type;
}

