import type { Expression, Span } from '../ast.ts';
import type { Type } from '../types.ts';
import { BOOL, isInteger, isScalar, unqualified, VOID, isComplete, pointerTo } from '../check/basic_types.ts';
import { convertForAssignment } from '../check/assign.ts';
import { errorExpression, intConstant } from '../check/constant.ts';
import { cast, decayed } from '../check/convert.ts';
import { assign, deref } from '../check/unary.ts';
import { wrongCount } from './builtin.ts';
import type { Unit } from './unit.ts';

const FETCH = /^__(?:sync|atomic)_(?:fetch_and_(?:add|sub|or|and|xor|nand)|(?:add|sub|or|and|xor|nand)_and_fetch|fetch_(?:add|sub|or|and|xor|nand)|(?:add|sub|or|and|xor|nand)_fetch)$/;
const OTHER = new Set(['__sync_bool_compare_and_swap', '__sync_val_compare_and_swap', '__sync_lock_test_and_set', '__sync_lock_release', '__sync_synchronize', '__atomic_load_n', '__atomic_store_n', '__atomic_exchange_n',
  '__atomic_compare_exchange_n', '__atomic_load', '__atomic_store', '__atomic_exchange', '__atomic_compare_exchange', '__atomic_test_and_set', '__atomic_clear', '__atomic_thread_fence', '__atomic_signal_fence',
  '__atomic_is_lock_free', '__atomic_always_lock_free']);

export function isAtomic(name: string): boolean { return OTHER.has(name) || FETCH.test(name); }

/**
 * GNU atomics as builtins of the machine: the first operand is the pointer, then values of the type it points to (`__atomic_compare_exchange_n`: the pointer to what is expected, then
 * the new value). Memory orders are left out, and the forms through pointers become those with `_n`: the machine runs one thread at a time, each builtin in one go.
 */
export function atomicCall(u: Unit, name: string, args: readonly Expression[], span: Span): Expression {
  if (/fence$|synchronize$/.test(name)) return { kind: 'builtin', name: '__sync_synchronize', operands: [], type: VOID, span };
  if (/lock_free$/.test(name)) return intConstant(1, span);
  const pointer = args[0] && decayed(args[0]);
  if (!pointer) return wrongCount(u, name, args.length, 1, span);
  if (pointer.type.kind !== 'pointer' || !isScalar(pointer.type.to) && pointer.type.to.kind !== 'void' || !isComplete(pointer.type.to) && pointer.type.to.kind !== 'void') {
    u.error(pointer.span, `argument 1 of '${name}' must be a pointer to an integer or a pointer`);
    return errorExpression(span);
  }
  const to = unqualified(pointer.type.to);
  const value = (n: number): Expression => args[n] ? convertForAssignment(u, to, args[n], { kind: 'argument', number: n + 1, callee: name }) : wrongCount(u, name, args.length, n + 1, span);
  const through = (n: number): Expression => deref(u, args[n] ?? errorExpression(span), span);
  const make = (as: string, type: Type, ...operands: readonly Expression[]): Expression => ({ kind: 'builtin', name: as, operands: [pointer, ...operands], type, span });
  switch (name) {
    case '__sync_bool_compare_and_swap': return make(name, BOOL, value(1), value(2));
    case '__sync_val_compare_and_swap': return make(name, to, value(1), value(2));
    case '__sync_lock_test_and_set': case '__atomic_exchange_n': return make('__atomic_exchange_n', to, value(1));
    case '__sync_lock_release': return make('__atomic_store_n', VOID, cast(intConstant(0, span), to, true, span));
    case '__atomic_load_n': return make(name, to);
    case '__atomic_store_n': return make(name, VOID, value(1));
    case '__atomic_compare_exchange_n': return make(name, BOOL, expected(u, args[1], to, name, span), value(2));
    case '__atomic_load': return assign(u, through(1), make('__atomic_load_n', to), span);
    case '__atomic_store': return make('__atomic_store_n', VOID, through(1));
    case '__atomic_exchange': return assign(u, through(2), make('__atomic_exchange_n', to, through(1)), span);
    case '__atomic_compare_exchange': return make('__atomic_compare_exchange_n', BOOL, expected(u, args[1], to, name, span), through(2));
    case '__atomic_test_and_set': return flag(pointer, '__atomic_exchange_n', 1, span);
    case '__atomic_clear': return flag(pointer, '__atomic_store_n', 0, span);
    default: {
      if (!isInteger(to) && to.kind !== 'pointer') {
        u.error(pointer.span, `operand type '${to.kind}' is incompatible with argument 1 of '${name}'`);
        return errorExpression(span);
      }
      // one family: __sync_fetch_and_add and __sync_add_and_fetch are the __atomic ones
      const plain = name.replace(/^__sync_fetch_and_(\w+)$/, '__atomic_fetch_$1').replace(/^__sync_(\w+)_and_fetch$/, '__atomic_$1_fetch');
      return make(plain, to, to.kind === 'pointer' ? cast(decayed(args[1] ?? errorExpression(span)), to, true, span) : value(1));
    }
  }
}

function expected(u: Unit, arg: Expression | undefined, to: Type, name: string, span: Span): Expression {
  return arg ? convertForAssignment(u, pointerTo(to), arg, { kind: 'argument', number: 2, callee: name }) : wrongCount(u, name, 1, 3, span);
}

/** A byte as a flag: 0 is clear. */
function flag(pointer: Expression, name: string, value: 0 | 1, span: Span): Expression {
  const byte = cast(pointer, pointerTo(BOOL), true, span);
  return { kind: 'builtin', name, operands: [byte, cast(intConstant(value, span), BOOL, true, span)], type: value === 1 ? BOOL : VOID, span };
}
