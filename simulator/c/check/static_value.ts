import type { AddressOf, Decay, Expression, InitializerEntry, Span, Variable } from '../ast.ts';
import type { Unit } from '../parse/unit.ts';
import type { Type } from '../types.ts';
import { isError, LONG, pointerTo, CHAR } from './basic_types.ts';
import { wrapTo } from './promote.ts';
import { constant } from './constant.ts';

/** A constant address: of a static thing (null: of nothing, a plain number) plus bytes. */
interface Address { readonly base: AddressOf | Decay | null; readonly offset: bigint }

/**
 * What a static initializer may hold (C11 6.6), in one shape for the code generator: a `constant`, a `float`, or an address: `address` of a variable or function, or `decay`
 * of a string, perhaps with a `pointer-add` of a constant number of bytes (scale 1) to it, perhaps in one `cast` to the type wanted. Null: it is no constant.
 */
export function staticValue(u: Unit, e: Expression): Expression | null {
  if (e.kind === 'constant' || e.kind === 'float' || isError(e.type)) return e;
  if (e.type.kind !== 'pointer' && e.type.kind !== 'integer') return null;
  const address = addressOf(u, e);
  if (!address) return null;
  const type = e.type;
  if (!address.base) return constant(type, address.offset, e.span);
  if (type.kind === 'integer' && type.size < 8) return null;
  let value: Expression = address.base;
  if (address.offset !== 0n) {
    value = { kind: 'pointer-add', pointer: value, index: constant(LONG, address.offset, e.span), subtract: false, scale: 1, type: pointerTo(CHAR), span: e.span };
  }
  return { kind: 'cast', operand: value, type, implied: true, span: e.span };
}

function addressOf(u: Unit, e: Expression): Address | null {
  switch (e.kind) {
    case 'constant': return { base: null, offset: e.value };
    case 'address': case 'decay': return addressOfLvalue(u, e.operand);
    case 'cast': return converted(fromWide(u, e.operand), e.type);
    case 'pointer-add': {
      const pointer = addressOf(u, e.pointer);
      if (!pointer || e.index.kind !== 'constant' || typeof e.scale !== 'number') return null;
      const bytes = e.index.value * BigInt(e.scale);
      return { base: pointer.base, offset: pointer.offset + (e.subtract ? -bytes : bytes) };
    }
    case 'binary': return sum(u, e.op, e.left, e.right);
    case 'variable': return ofConstant(u, e);
    case 'pointer-difference': {
      const left = addressOf(u, e.left), right = addressOf(u, e.right);
      if (!left || !right || typeof e.scale !== 'number' || !sameBase(left, right)) return null;
      return { base: null, offset: (left.offset - right.offset) / BigInt(e.scale) };
    }
    default: return null;
  }
}

/** GNU: what a scalar with static storage that is const begins with counts as constant, when it is defined further up. */
function ofConstant(u: Unit, e: Variable): Address | null {
  const { type } = e.symbol;
  if (type.kind !== 'pointer' && type.kind !== 'integer' || !type.q.const || type.q.volatile) return null;
  const definition = u.variables.find((variable) => variable.symbol === e.symbol);
  if (!definition?.init) return null;
  const [entry] = definition.init.entries;
  if (!entry) return { base: null, offset: 0n };
  return entry.value.kind === 'bytes' ? null : addressOf(u, entry.value);
}

/** An address does not fit a narrower type; a plain number is cut to it. */
function converted(address: Address | null, type: Type): Address | null {
  if (!address || type.kind !== 'pointer' && type.kind !== 'integer') return null;
  if (type.kind === 'pointer' || type.size === 8) return address;
  return address.base ? null : { base: null, offset: wrapTo(type, address.offset) };
}

function fromWide(u: Unit, e: Expression): Address | null {
  const value = addressOf(u, e);
  return e.type.kind === 'pointer' || e.type.kind === 'integer' && e.type.size === 8 || value?.base === null ? value : null;
}

function sum(u: Unit, op: string, a: Expression, b: Expression): Address | null {
  if (op !== '+' && op !== '-' && op !== '*') return null;
  const left = addressOf(u, a), right = addressOf(u, b);
  if (!left || !right) return null;
  if (op === '*') return left.base ?? right.base ? null : { base: null, offset: left.offset * right.offset };
  if (op === '+' && (left.base === null || right.base === null)) return { base: left.base ?? right.base, offset: left.offset + right.offset };
  if (op === '-' && right.base === null) return { base: left.base, offset: left.offset - right.offset };
  return op === '-' && sameBase(left, right) ? { base: null, offset: left.offset - right.offset } : null;
}

function sameBase(a: Address, b: Address): boolean {
  const x = a.base?.operand, y = b.base?.operand;
  return x === y || x?.kind === 'variable' && y?.kind === 'variable' && x.symbol === y.symbol;
}

function addressOfLvalue(u: Unit, e: Expression): Address | null {
  switch (e.kind) {
    case 'variable': return e.symbol.kind === 'function' || e.symbol.storage === 'static' ? { base: wholeAddress(e, e.span), offset: 0n } : null;
    case 'string': return { base: { kind: 'decay', operand: e, type: pointerTo(e.type.kind === 'array' ? e.type.of : e.type), span: e.span }, offset: 0n };
    case 'deref': return addressOf(u, e.operand);
    case 'member': {
      const object = e.bits ? null : addressOfLvalue(u, e.object);
      return object && { base: object.base, offset: object.offset + BigInt(e.offset) };
    }
    case 'compound': {
      if (e.symbol.storage !== 'static') return null;
      // from here on it is a variable like any other
      if (!u.variables.some((variable) => variable.symbol === e.symbol)) u.variables.push({ symbol: e.symbol, init: e.init, within: null, span: e.span });
      return { base: wholeAddress({ kind: 'variable', symbol: e.symbol, type: e.type, span: e.span }, e.span), offset: 0n };
    }
    default: return null;
  }
}

function wholeAddress(operand: Expression, span: Span): AddressOf { return { kind: 'address', operand, type: pointerTo(operand.type), span }; }

/** A value of a record type in a static initializer: only a compound literal's (GNU), whose entries it becomes. */
export function staticRecord(e: Expression, offset: number): readonly InitializerEntry[] | null {
  return e.kind === 'compound' ? e.init.entries.map((entry) => ({ ...entry, offset: entry.offset + offset })) : null;
}

