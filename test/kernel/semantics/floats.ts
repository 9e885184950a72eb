import { BIND, operand } from './expression.ts';
import type { Float } from './expression.ts';
import { integer } from './integers.ts';
import type { Scope } from './scope.ts';

/** Values beyond this are brought back before they go on: neither infinite nor undefined. */
const TAMED = 1e12;
const LARGEST = 1e30;

/** A floating expression, whose value is always a number. */
export function float(scope: Scope, depth: number): Float {
  const { choices } = scope;
  if (depth <= 0 || choices.spent) return leaf(scope);
  const sub = (): Float => tamed(float(scope, depth - 1), LARGEST);
  switch (choices.int(7)) {
    case 0: return leaf(scope);
    case 1: case 2: return operation(choices.pick(['+', '-', '*']), sub(), sub());
    case 3: {
      const [a, b] = [sub(), tamed(float(scope, depth - 1), TAMED)];
      const by = operand(b, BIND.primary);
      return { text: `${operand(a, BIND.multiply)} / (1 + ${by} * ${by})`, bind: BIND.multiply, type: wider(a, b), bound: a.bound };
    }
    case 4: {
      const of = integer(scope, depth - 1);
      const type = choices.pick(['double', 'float'] as const);
      return { text: `(${type})${operand(of, BIND.cast)}`, bind: BIND.cast, type, bound: 2e19 };
    }
    case 5: {
      const of = sub();
      return { text: `-${operand(of, BIND.primary)}`, bind: BIND.unary, type: of.type, bound: of.bound };
    }
    default: {
      const [test, a, b] = [integer(scope, depth - 1), sub(), sub()];
      return { text: `${operand(test, BIND.or)} ? ${operand(a, BIND.comma)} : ${operand(b, BIND.conditional)}`, bind: BIND.conditional, type: wider(a, b), bound: Math.max(a.bound, b.bound) };
    }
  }
}

function leaf(scope: Scope): Float {
  const { choices } = scope;
  if (choices.chance(2) && scope.floats.length > 0) {
    const { name, type } = choices.pick(scope.floats);
    return { text: name, bind: BIND.primary, type, bound: TAMED };
  }
  const text = choices.pick(['0.0', '1.5', '0.1', '2.5f', '1e-3', '123456.789', '0x1.8p3', '3.0f', '.5', '16777217.0', '1e10']);
  return { text, bind: BIND.primary, type: text.endsWith('f') ? 'float' : 'double', bound: Number.parseFloat(text === '0x1.8p3' ? '12' : text) };
}

function operation(operator: '+' | '-' | '*', a: Float, b: Float): Float {
  const bind = operator === '*' ? BIND.multiply : BIND.add;
  const tighter = operator === '*' ? BIND.cast : BIND.multiply;
  const [x, y] = operator === '*' ? [tamed(a, TAMED), tamed(b, TAMED)] : [a, b];
  return { text: `${operand(x, bind)} ${operator} ${operand(y, tighter)}`, bind, type: wider(x, y), bound: operator === '*' ? x.bound * y.bound : x.bound + y.bound };
}

/** Within ±limit; a call of `tame` (a double) if that is not sure. */
export function tamed(of: Float, limit: number): Float {
  return of.bound <= limit ? of : { text: `tame(${of.text})`, bind: BIND.postfix, type: 'double', bound: TAMED };
}

function wider(a: Float, b: Float): 'float' | 'double' {
  return a.type === 'double' || b.type === 'double' ? 'double' : 'float';
}
