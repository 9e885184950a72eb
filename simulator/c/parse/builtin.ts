import type { Expression, Span } from '../ast.ts';
import type { Type } from '../types.ts';
import { DOUBLE, FLOAT, INT, LONG, LONG_DOUBLE, pointerTo, UINT, ULONG, VOID } from '../check/basic_types.ts';
import { call } from '../check/call.ts';
import { convertForAssignment } from '../check/assign.ts';
import { constant, errorExpression, floatConstant, intConstant, isWrong } from '../check/constant.ts';
import { cast, decayed, implied } from '../check/convert.ts';
import { builtinPrototype } from '../check/prototypes.ts';
import { comma } from '../check/unary.ts';
import { MACHINE_BUILTINS } from '../../machine/builtins.ts';
import { spanOf, type Token } from '../preprocess/token.ts';
import { atomicCall, isAtomic } from './atomic.ts';
import { countBits, isBitBuiltin } from './bit_builtin.ts';
import { isVaList } from './generic.ts';
import { declareImplicitly } from './name.ts';
import { overflowCall } from './overflow_builtin.ts';
import { callArguments } from './postfix.ts';
import type { Unit } from './unit.ts';

/** What each builtin gives, and what it takes: converted as if by a prototype. */
const LONGS = [LONG, LONG, LONG, LONG, LONG, LONG];
const SIGNATURES: Readonly<Record<string, { readonly name: string; readonly returns: Type; readonly takes: readonly Type[] }>> = {
  __builtin_alloca: { name: 'alloca', returns: pointerTo(VOID), takes: [ULONG] },
  alloca: { name: 'alloca', returns: pointerTo(VOID), takes: [ULONG] },
  __builtin_unreachable: { name: 'unreachable', returns: VOID, takes: [] },
  __builtin_trap: { name: 'trap', returns: VOID, takes: [] },
  __builtin_return_address: { name: 'return_address', returns: pointerTo(VOID), takes: [UINT] },
  __builtin_frame_address: { name: 'frame_address', returns: pointerTo(VOID), takes: [UINT] },
  __syscall: { name: '__syscall', returns: LONG, takes: [LONG, ...LONGS] },
  __clone: { name: '__clone', returns: LONG, takes: [LONG, LONG, LONG, LONG, LONG, LONG, pointerTo({ kind: 'function', returns: INT, params: [pointerTo(VOID)], variadic: false, prototyped: true, q: INT.q }), pointerTo(VOID), pointerTo(VOID)] },
  __setjmp: { name: '__setjmp', returns: INT, takes: [pointerTo(VOID)] },
  __longjmp: { name: '__longjmp', returns: VOID, takes: [pointerTo(VOID), INT] },
  __thread_pointer: { name: '__thread_pointer', returns: pointerTo(VOID), takes: [] },
};

/** A name that is a builtin when it is called, unless the program has it for something of its own. */
export function isBuiltin(u: Unit, name: string): boolean {
  if (name.startsWith('__builtin_') || isAtomic(name)) return true;
  return (MACHINE_BUILTINS as readonly string[]).includes(name) && u.scope.find(name)?.kind !== 'variable';
}

/** `name(…)`: the name has been read, `(` comes. */
export function builtinCall(u: Unit, name: Token): Expression {
  u.next();
  const args = callArguments(u);
  const span = u.span(name.place);
  if (args.some(isWrong)) return errorExpression(span);
  if (isAtomic(name.text)) return atomicCall(u, name.text, args, span);
  const signature = SIGNATURES[name.text];
  if (signature) return direct(u, name.text, signature, args, span);
  if (isBitBuiltin(name.text)) return countBits(u, name.text, args, span);
  if (/^__builtin_[su]?(?:add|sub|mul)l{0,2}_overflow$/.test(name.text)) return overflowCall(u, name.text, args, span);
  return special(u, name, args, span) ?? libraryFunction(u, name, args, span);
}

function direct(u: Unit, written: string, to: { readonly name: string; readonly returns: Type; readonly takes: readonly Type[] }, args: readonly Expression[], span: Span): Expression {
  if (args.length !== to.takes.length) return wrongCount(u, written, args.length, to.takes.length, span);
  const operands = to.takes.map((type, i) => convertForAssignment(u, type, args[i] ?? errorExpression(span), { kind: 'argument', number: i + 1, callee: written }));
  return { kind: 'builtin', name: to.name, operands, type: to.returns, span };
}

export function wrongCount(u: Unit, name: string, given: number, wanted: number, span: Span): Expression {
  u.error(span, `too ${given < wanted ? 'few' : 'many'} arguments to function '${name}'`);
  return errorExpression(span);
}

/** Builtins that are no call; null: another one. */
function special(u: Unit, name: Token, args: readonly Expression[], span: Span): Expression | null {
  const [first, second] = args.map(decayed);
  const plain = name.text.slice('__builtin_'.length);
  switch (plain) {
    case 'va_start': case 'va_end': case 'va_copy': return variableArguments(u, plain, args, span);
    case 'expect': case 'expect_with_probability': {
      if (!first || !second) return wrongCount(u, name.text, args.length, 2, span);
      const value = implied(first, LONG);
      return second.kind === 'constant' ? cast(value, LONG, true, span) : comma(second, value, span);
    }
    case 'constant_p':
      if (!first) return wrongCount(u, name.text, args.length, 1, span);
      return intConstant(first.kind === 'constant' || first.kind === 'float' || first.kind === 'decay' && first.operand.kind === 'string' ? 1 : 0, span);
    case 'assume_aligned': return first ? cast(first, pointerTo(VOID), true, span) : wrongCount(u, name.text, args.length, 2, span);
    case 'prefetch': case '__clear_cache': return constantVoid(span);
    case 'object_size': return constant(ULONG, second?.kind === 'constant' && second.value >= 2n ? 0n : -1n, span);
    case 'inf': case 'huge_val': return floatConstant(DOUBLE, Infinity, span);
    case 'inff': case 'huge_valf': return floatConstant(FLOAT, Infinity, span);
    case 'infl': case 'huge_vall': return floatConstant(LONG_DOUBLE, Infinity, span);
    case 'nan': case 'nans': return floatConstant(DOUBLE, NaN, span);
    case 'nanf': case 'nansf': return floatConstant(FLOAT, NaN, span);
    case 'nanl': case 'nansl': return floatConstant(LONG_DOUBLE, NaN, span);
    case 'LINE': return intConstant(name.place.line, span);
    case 'types_compatible_p': case 'offsetof': return null;
    default: return floatTest(u, plain, args.map(decayed), span);
  }
}

function constantVoid(span: Span): Expression { return { kind: 'cast', type: VOID, operand: intConstant(0, span), implied: true, span }; }

function variableArguments(u: Unit, plain: string, args: readonly Expression[], span: Span): Expression {
  const wanted = plain === 'va_end' ? 1 : 2;
  if (args.length !== wanted && !(plain === 'va_start' && args.length === 1)) return wrongCount(u, plain, args.length, wanted, span);
  const lists = args.slice(0, plain === 'va_copy' ? 2 : 1).map(decayed);
  const wrong = lists.find((list) => !isVaList(list.type));
  if (wrong) {
    u.error(wrong.span, `argument of '${plain}' is not of type 'va_list'`);
    return errorExpression(span);
  }
  if (plain === 'va_start' && u.fn?.type.variadic !== true) {
    u.error(span, "'va_start' used in function with fixed arguments");
    return errorExpression(span);
  }
  return { kind: 'builtin', name: plain, operands: lists, type: VOID, span };
}

/** `isnan` and its like, and the comparisons that mind unordered values, as functions of the library. */
function floatTest(u: Unit, plain: string, args: readonly Expression[], span: Span): Expression | null {
  const [a, b] = args;
  const compared: Readonly<Record<string, '<' | '>' | '<=' | '>='>> = { isless: '<', isgreater: '>', islessequal: '<=', isgreaterequal: '>=' };
  const op = compared[plain];
  if (op && a && b) return { kind: 'binary', op, left: implied(a, DOUBLE), right: implied(b, DOUBLE), type: INT, span };
  if (!/^(?:isnan|isinf|isfinite|isnormal|signbit|isinf_sign)$/.test(plain) || !a) return null;
  const symbol = declareImplicitly(u, `__${plain === 'isinf_sign' ? 'isinf' : plain}`, { kind: 'function', returns: INT, params: [DOUBLE], variadic: false, prototyped: true, q: INT.q }, span);
  return call(u, { kind: 'variable', symbol, type: symbol.type, span }, [implied(a, DOUBLE)], span);
}

/** `__builtin_memcpy` and its like are the plain functions. */
function libraryFunction(u: Unit, name: Token, args: readonly Expression[], span: Span): Expression {
  const plain = name.text.replace(/^__builtin_(?:__(\w+)_chk$)?/, '$1');
  const type = builtinPrototype(plain);
  if (!type) {
    u.unsupported(spanOf(name), `'${name.text}' is not supported`);
    return errorExpression(span);
  }
  const symbol = declareImplicitly(u, plain, type, span);
  return call(u, { kind: 'variable', symbol, type: symbol.type, span: spanOf(name) }, args, span);
}

