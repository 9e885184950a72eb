import { arithmetic, BIND, cast, converted, division, fit, int, literal, low, operand, shift } from './expression.ts';
import type { Bind, Int } from './expression.ts';
import { float } from './floats.ts';
import type { Scope } from './scope.ts';
import { CHAR, common, INT, INT_TYPES, LONG, max, min, promoted, UNSIGNED, UNSIGNED_LONG } from './types.ts';
import type { IntType } from './types.ts';

const ARITHMETIC = ['+', '-', '*'] as const;
const COMPARISONS: readonly (readonly [string, Bind])[] = [['==', BIND.equal], ['!=', BIND.equal], ['<', BIND.less], ['>', BIND.less], ['<=', BIND.less], ['>=', BIND.less]];
const BITS: readonly (readonly [string, Bind])[] = [['&', BIND.bitAnd], ['|', BIND.bitOr], ['^', BIND.bitXor]];

/** An integer expression of some type, with at most so many operators above one another. */
export function integer(scope: Scope, depth: number): Int {
  const { choices } = scope;
  if (depth === 0 || choices.spent) return leaf(scope);
  const sub = (): Int => integer(scope, depth - 1);
  switch (choices.int(17)) {
    case 0: return leaf(scope);
    case 1: case 2: return arithmetic(choices.pick(ARITHMETIC), sub(), sub());
    case 3: return division(choices.pick(['/', '%']), sub(), sub(), choices.chance(3));
    case 4: return shift(choices.pick(['<<', '>>']), sub(), sub());
    case 5: return bitwise(scope, sub(), sub());
    case 6: return comparison(scope, depth);
    case 7: return logical(scope, sub(), sub());
    case 8: return conditional(sub(), sub(), sub());
    case 9: return cast(sub(), scope.type());
    case 10: return unary(scope, sub());
    case 11: return element(scope, depth);
    case 12: return call(scope, depth);
    case 13: return sized(scope, sub());
    case 14: return truncated(scope, depth);
    case 15: return odd(scope, depth);
    default: return leaf(scope);
  }
}

/** A variable, a member or a constant. */
function leaf(scope: Scope): Int {
  const { choices } = scope;
  const kind = choices.int(6);
  if (kind < 3 && scope.ints.length > 0) {
    const { name, type, lo, hi } = choices.pick(scope.ints);
    return int(name, BIND.primary, type, lo, hi);
  }
  if (kind === 3 && scope.fields.length > 0) {
    const { path, type, bitField } = choices.pick(scope.fields);
    return int(path, BIND.postfix, bitField ? whole(type) : type, min(type), max(type));
  }
  return constant(scope);
}

/** What a bit-field's value is promoted to: int if that holds all of its values, else the type that it was declared with (gcc keeps its width: not used). */
function whole(field: IntType): IntType {
  return field.bits < 32 || field.signed ? INT : UNSIGNED;
}

function constant({ choices }: Scope): Int {
  const value = BigInt(choices.int(200));
  switch (choices.int(9)) {
    case 0: return literal(value);
    case 1: return literal(-value);
    case 2: return int(`0x${value.toString(16)}u`, BIND.primary, UNSIGNED, value, value);
    case 3: return int(`${value}L`, BIND.primary, LONG, value, value);
    case 4: return int(`0${value.toString(8)}`, BIND.primary, INT, value, value);
    case 5: {
      const type = choices.pick(INT_TYPES.filter(({ bits }) => bits >= 32));
      const edge = choices.pick([max(type), max(type) - value, min(type), min(type) + value]);
      return cast(edge > max(LONG) ? int(`${edge}uL`, BIND.primary, UNSIGNED_LONG, edge, edge) : literal(edge), type);
    }
    case 6: return int(choices.pick(["'a'", "'\\n'", "'\\xff'", "'\\0'", "'\\''"]), BIND.primary, INT, -128n, 127n);
    case 7: {
      const bits = 0x8000_0000n + value;
      return int(`0x${bits.toString(16)}`, BIND.primary, UNSIGNED, bits, bits);
    }
    default: return literal((1n << (value % 63n)) + (value % 3n) - 1n);
  }
}

function bitwise({ choices }: Scope, a: Int, b: Int): Int {
  const [operator, bind] = choices.pick(BITS);
  const type = common(a.type, b.type);
  const [x, y] = [converted(a, type), converted(b, type)];
  // both not negative: `&` is no more than either, the others no longer than the longer
  const [lo, hi] = x.lo >= 0n && y.lo >= 0n ? [0n, operator === '&' ? (x.hi < y.hi ? x.hi : y.hi) : (1n << BigInt((x.hi | y.hi).toString(2).length)) - 1n] : [min(type), max(type)];
  return int(`${operand(a, bind)} ${operator} ${operand(b, (bind + 1) as Bind)}`, bind, type, lo, hi);
}

function comparison(scope: Scope, depth: number): Int {
  const [operator, bind] = scope.choices.pick(COMPARISONS);
  const one = (): { text: string; bind: Bind } => (scope.choices.chance(4) ? float(scope, depth - 1) : integer(scope, depth - 1));
  return int(`${operand(one(), bind)} ${operator} ${operand(one(), (bind + 1) as Bind)}`, bind, INT, 0n, 1n);
}

function logical({ choices }: Scope, a: Int, b: Int): Int {
  const [operator, bind] = choices.pick([['&&', BIND.and], ['||', BIND.or]] as const);
  return int(`${operand(a, bind)} ${operator} ${operand(b, (bind + 1) as Bind)}`, bind, INT, 0n, 1n);
}

function conditional(test: Int, yes: Int, no: Int): Int {
  const type = common(yes.type, no.type);
  const [a, b] = [converted(yes, type), converted(no, type)];
  return int(`${operand(test, BIND.or)} ? ${operand(yes, BIND.comma)} : ${operand(no, BIND.conditional)}`, BIND.conditional, type, a.lo < b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi);
}

function unary({ choices }: Scope, of: Int): Int {
  const type = promoted(of.type);
  switch (choices.int(4)) {
    case 0: return int(`!${operand(of, BIND.unary)}`, BIND.unary, INT, 0n, 1n);
    case 1: return int(`~${operand(of, BIND.unary)}`, BIND.unary, type);
    case 2: return int(`+${operand(of, BIND.primary)}`, BIND.unary, type, of.lo, of.hi);
    default: {
      const value = type.signed ? fit(of, max(type) - 1n) : of;
      return int(`-${operand(value, BIND.primary)}`, BIND.unary, promoted(value.type), -value.hi, -value.lo);
    }
  }
}

/** An element of an array or through a pointer, in one of the ways to write it. */
function element(scope: Scope, depth: number): Int {
  const { choices } = scope;
  if (scope.arrays.length === 0) return leaf(scope);
  const { name, type, length, rows, pointer } = choices.pick(scope.arrays);
  const index = low(integer(scope, depth - 1), Math.log2(length));
  const start = rows === undefined ? name : `${name}[${low(integer(scope, depth - 1), Math.log2(rows)).text}]`;
  switch (choices.int(pointer ? 4 : 3)) {
    case 0: return int(`${start}[${index.text}]`, BIND.postfix, type);
    case 1: return int(`*(${start} + ${operand(index, BIND.multiply)})`, BIND.unary, type);
    case 2: return rows === undefined ? int(`${operand(index, BIND.primary)}[${name}]`, BIND.postfix, type) : int(`(*(${name} + 1))[${index.text}]`, BIND.postfix, type);
    default: return int(`*${name}`, BIND.unary, type);
  }
}

function call(scope: Scope, depth: number): Int {
  const { choices } = scope;
  if (scope.functions.length === 0) return leaf(scope);
  const table = scope.tables.length > 0 && choices.chance(2) ? choices.pick(scope.tables) : undefined;
  const { name, result, parameters } = table?.of ?? choices.pick(scope.functions);
  const called = table ? `${table.name}[${low(integer(scope, depth - 1), Math.log2(table.length)).text}]` : name;
  return int(`${called}(${parameters.map(() => operand(integer(scope, depth - 1), BIND.assign)).join(', ')})`, BIND.postfix, result);
}

function sized({ choices }: Scope, of: Int): Int {
  const { bits } = promoted(of.type);
  switch (choices.int(3)) {
    case 0: return int(`sizeof(${operand(of, BIND.add)} + 0)`, BIND.unary, UNSIGNED_LONG, BigInt(bits / 8), BigInt(bits / 8));
    case 1: return int(`sizeof(${of.type.name})`, BIND.unary, UNSIGNED_LONG, 1n, 8n);
    default: return int('sizeof "text"', BIND.unary, UNSIGNED_LONG, 5n, 5n);
  }
}

/** A floating number's whole part, in a type that holds it. */
function truncated(scope: Scope, depth: number): Int {
  const of = float(scope, depth - 1);
  if (of.bound < 2 ** 31) return int(`(int)${operand(of, BIND.cast)}`, BIND.cast, INT);
  if (of.bound < 2 ** 62) return int(`(long)${operand(of, BIND.cast)}`, BIND.cast, LONG);
  return int(`whole(${of.text})`, BIND.postfix, LONG);
}

/** What is rarer: comma, statement expression, compound literal, a character of a string, the distance of two pointers. */
function odd(scope: Scope, depth: number): Int {
  const { choices } = scope;
  const sub = (): Int => integer(scope, depth - 1);
  switch (choices.int(5)) {
    case 0: {
      const [a, b] = [sub(), sub()];
      return { ...b, text: `(void)${operand(a, BIND.cast)}, ${operand(b, BIND.assign)}`, bind: BIND.comma };
    }
    case 1: {
      const type = choices.pick(INT_TYPES);
      const name = scope.name('e');
      return int(`({ ${type.name} ${name} = ${operand(sub(), BIND.assign)}; ${name}; })`, BIND.primary, type);
    }
    case 2: {
      const type = choices.pick(INT_TYPES);
      return int(`((${type.name}[]){ ${[sub(), sub(), sub(), sub()].map((one) => operand(one, BIND.assign)).join(', ')} })[${low(sub(), 2).text}]`, BIND.postfix, type);
    }
    case 3: return int(`"a\\177\\x80z\\t"[${low(sub(), 2).text}]`, BIND.postfix, CHAR);
    default: {
      const array = scope.arrays.find(({ rows }) => rows === undefined);
      if (!array) return leaf(scope);
      const [a, b] = [low(sub(), Math.log2(array.length)), low(sub(), Math.log2(array.length))];
      return int(`&${array.name}[${a.text}] - (${array.name} + ${operand(b, BIND.multiply)})`, BIND.add, LONG, BigInt(-array.length), BigInt(array.length));
    }
  }
}
