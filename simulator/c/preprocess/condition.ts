import { characterValue, integerValue } from '../parse/literal.ts';
import type { Token } from './token.ts';

/** A value in `#if`: as wide as intmax_t. */
interface Value { readonly bits: bigint; readonly unsigned: boolean }

export class ConditionError extends Error {
  readonly token: Token;
  constructor(token: Token, message: string) {
    super(message);
    this.token = token;
  }
}

const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['|'], ['^'], ['&'], ['==', '!='], ['<', '>', '<=', '>='], ['<<', '>>'], ['+', '-'], ['*', '/', '%']];
const MAX_DEPTH = 200;

const wrap = (bits: bigint, unsigned: boolean): Value => ({ bits: unsigned ? BigInt.asUintN(64, bits) : BigInt.asIntN(64, bits), unsigned });
const truth = (yes: boolean): Value => ({ bits: yes ? 1n : 0n, unsigned: false });

/** Reads the expression after `#if`, macros already expanded: is it true? Throws ConditionError. `line`: the directive, for errors at its end. */
export function evaluateCondition(tokens: readonly Token[], line: Token, directive: string): boolean {
  if (tokens.length === 0) throw new ConditionError(line, `#${directive} with no expression`);
  const reader = new ConditionReader(tokens, line);
  const value = reader.comma();
  reader.atEnd(directive);
  return value.bits !== 0n;
}

class ConditionReader {
  readonly #tokens: readonly Token[];
  readonly #line: Token;
  #at = 0;
  #depth = 0;
  constructor(tokens: readonly Token[], line: Token) {
    this.#tokens = tokens;
    this.#line = line;
  }

  #peek(): Token | undefined { return this.#tokens[this.#at]; }
  #take(text: string): boolean {
    if (this.#peek()?.is(text) !== true) return false;
    this.#at++;
    return true;
  }
  #fail(message: string): never { throw new ConditionError(this.#peek() ?? this.#line, message); }
  #expect(text: string): void { if (!this.#take(text)) this.#fail(`missing '${text}' in expression`); }

  atEnd(directive: string): void {
    const token = this.#peek();
    if (token) this.#fail(token.is(')') ? "missing '(' in expression" : token.kind === 'punctuator' ? `token "${token.text}" is not valid in preprocessor expressions` : `missing binary operator before token "${token.text}" in #${directive}`);
  }

  comma(): Value {
    let value = this.#conditional(true);
    while (this.#take(',')) value = this.#conditional(true);
    return value;
  }

  #conditional(live: boolean): Value {
    if (++this.#depth > MAX_DEPTH) this.#fail('expression is nested too deeply');
    const condition = this.#binary(0, live);
    let result = condition;
    if (this.#take('?')) {
      const yes = condition.bits !== 0n;
      const then = this.#conditional(live && yes);
      this.#expect(':');
      const otherwise = this.#conditional(live && !yes);
      result = wrap((yes ? then : otherwise).bits, then.unsigned || otherwise.unsigned);
    }
    this.#depth--;
    return result;
  }

  #binary(level: number, live: boolean): Value {
    const operators = LEVELS[level];
    if (!operators) return this.#unary(live);
    let left = this.#binary(level + 1, live);
    for (;;) {
      const token = this.#peek();
      if (token?.kind !== 'punctuator' || !operators.includes(token.text)) return left;
      this.#at++;
      const op = token.text;
      const skip = op === '||' ? left.bits !== 0n : op === '&&' ? left.bits === 0n : false;
      const right = this.#binary(level + 1, live && !skip);
      if (live && right.bits === 0n && (op === '/' || op === '%')) throw new ConditionError(token, 'division by zero in preprocessor expression');
      left = apply(op, left, right);
    }
  }

  #unary(live: boolean): Value {
    if (++this.#depth > MAX_DEPTH) this.#fail('expression is nested too deeply');
    const value = this.#operand(live);
    this.#depth--;
    return value;
  }

  #operand(live: boolean): Value {
    const token = this.#peek();
    if (!token) this.#fail('#if with no operand at its end');
    this.#at++;
    if (token.is('!')) return truth(this.#unary(live).bits === 0n);
    if (token.is('-') || token.is('+') || token.is('~')) {
      const value = this.#unary(live);
      return wrap(token.text === '-' ? -value.bits : token.text === '~' ? ~value.bits : value.bits, value.unsigned);
    }
    if (token.is('(')) {
      const value = this.comma();
      this.#expect(')');
      return value;
    }
    if (token.kind === 'number') {
      const parsed = integerValue(token.text);
      if ('message' in parsed) throw new ConditionError(token, parsed.float ? 'floating constant in preprocessor expression' : parsed.message);
      return wrap(parsed.value, parsed.unsigned || parsed.value > 0x7fffffffffffffffn);
    }
    if (token.kind === 'character') {
      const parsed = characterValue(token.text);
      if ('message' in parsed) throw new ConditionError(token, parsed.message);
      return wrap(parsed.value, false);
    }
    // a name that no macro has is 0, and so is a keyword
    if (token.kind === 'identifier') {
      if (this.#peek()?.is('(') === true) throw new ConditionError(token, `function-like macro "${token.text}" is not defined`);
      return truth(false);
    }
    this.#at--;
    this.#fail(`token "${token.text}" is not valid in preprocessor expressions`);
  }
}

function apply(op: string, left: Value, right: Value): Value {
  const unsigned = left.unsigned || right.unsigned;
  const a = wrap(left.bits, unsigned).bits, b = wrap(right.bits, unsigned).bits;
  switch (op) {
    case '||': return truth(left.bits !== 0n || right.bits !== 0n);
    case '&&': return truth(left.bits !== 0n && right.bits !== 0n);
    case '|': return wrap(a | b, unsigned);
    case '^': return wrap(a ^ b, unsigned);
    case '&': return wrap(a & b, unsigned);
    case '==': return truth(a === b);
    case '!=': return truth(a !== b);
    case '<': return truth(a < b);
    case '>': return truth(a > b);
    case '<=': return truth(a <= b);
    case '>=': return truth(a >= b);
    case '+': return wrap(a + b, unsigned);
    case '-': return wrap(a - b, unsigned);
    case '*': return wrap(a * b, unsigned);
    case '/': return b === 0n ? wrap(0n, unsigned) : wrap(a / b, unsigned);
    case '%': return b === 0n ? wrap(0n, unsigned) : wrap(a % b, unsigned);
    default: return shifted(left, op === '<<' ? right : wrap(-right.bits, false));
  }
}

/** A shift by more than the width, or to the other side, is defined here. */
function shifted(value: Value, by: Value): Value {
  const count = by.bits > 64n ? 64n : by.bits < -64n ? -64n : by.bits;
  return wrap(count >= 0n ? value.bits << count : value.bits >> -count, value.unsigned);
}
