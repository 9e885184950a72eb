import { BIND, fit, low, operand } from './expression.ts';
import type { Int } from './expression.ts';
import { float, tamed } from './floats.ts';
import { floatFormat, integerFormat } from './formats.ts';
import { integer } from './integers.ts';
import type { Scope } from './scope.ts';
import { INT_TYPES, promoted } from './types.ts';
import type { IntType } from './types.ts';

const DEPTH = 3;
const LOOPS = 6;

/** What surrounds a statement: how deep it lies, and what may be left by `break` and `continue`. */
interface Around { readonly depth: number; readonly loop: boolean; readonly inSwitch: boolean }

export const OUTSIDE: Around = { depth: 0, loop: false, inSwitch: false };

/** Some statements one after the other, as lines. */
export function statements(scope: Scope, around: Around, most: number): string[] {
  const lines: string[] = [];
  const count = 1 + scope.choices.int(most);
  for (let i = 0; i < count && !(scope.choices.spent && i > 0); i++) lines.push(...statement(scope, around));
  return lines;
}

function statement(scope: Scope, around: Around): string[] {
  const { choices } = scope;
  const nested = around.depth < 3;
  switch (choices.int(nested ? 15 : 7)) {
    case 0: return [print(scope)];
    case 1: return declaration(scope);
    case 2: return [assignment(scope)];
    case 3: return compound(scope);
    case 4: return [store(scope)];
    case 5: return [floating(scope)];
    case 6: return [leave(scope, around)];
    case 7: return branch(scope, around);
    case 8: case 9: return counted(scope, around);
    case 10: return while_(scope, around);
    case 11: return switch_(scope, around);
    case 12: return forward(scope, around);
    case 13: return ['{', ...statements(scope.inner(), deeper(around), 3), '}'];
    default: return [print(scope)];
  }
}

const deeper = (around: Around): Around => ({ ...around, depth: around.depth + 1 });
const expression = (scope: Scope): Int => integer(scope, DEPTH);
const text = (of: Int): string => operand(of, BIND.assign);

/** Values as printf shows them: what is compared in the end. */
export function print(scope: Scope): string {
  const { choices } = scope;
  const parts = Array.from({ length: 1 + choices.int(3) }, () => (choices.chance(4) ? floatFormat(choices, float(scope, 2)) : integerFormat(choices, expression(scope))));
  return `printf("${scope.prefix} ${parts.map(([format]) => `[${format}]`).join(' ')}\\n", ${parts.map(([, argument]) => argument).join(', ')});`;
}

function declaration(scope: Scope): string[] {
  const { choices } = scope;
  const kind = choices.int(6);
  if (kind === 5) {
    const type = choices.pick(['double', 'float'] as const);
    const name = scope.name('d');
    const line = `${type} ${name} = ${tamed(float(scope, 2), 1e12).text};`;
    scope.floats.push({ name, type });
    return [line];
  }
  if (kind === 4) return array(scope);
  const type = scope.type();
  const name = scope.name('v');
  const line = `${kind === 3 ? 'volatile ' : kind === 2 ? 'const ' : ''}${type.name} ${name} = ${text(expression(scope))};`;
  scope.ints.push(kind === 2 ? { name, type, fixed: true } : { name, type });
  return [line];
}

function array(scope: Scope): string[] {
  const { choices } = scope;
  const type = scope.type();
  const length = choices.pick([4, 8, 2]);
  const name = scope.name('a');
  const values = Array.from({ length: 1 + choices.int(length) }, () => text(integer(scope, 1)));
  if (choices.chance(3)) {
    scope.arrays.push({ name, type, length, rows: 2 });
    return [`${type.name} ${name}[2][${length}] = { { ${values.join(', ')} }, { [1] = ${values[0]} } };`];
  }
  scope.arrays.push({ name, type, length });
  const lines = [`${type.name} ${name}[${choices.chance(2) ? length : `${length / 2} * 2`}] = { ${choices.chance(4) ? `[1] = ${values[0]}` : values.join(', ')} };`];
  if (choices.chance(2)) {
    const pointer = scope.name('p');
    const offset = choices.pick([0, length / 2]);
    scope.arrays.push({ name: pointer, type, length: offset === 0 ? length : length / 2, pointer: true });
    lines.push(`${type.name} *${pointer} = ${offset === 0 ? name : `&${name}[${offset}]`};`);
  }
  return lines;
}

const assignable = (scope: Scope): { name: string; type: IntType }[] => scope.ints.filter(({ fixed }) => !fixed);

function assignment(scope: Scope): string {
  const { choices } = scope;
  const found = assignable(scope);
  if (found.length === 0) return print(scope);
  const target = choices.pick(found);
  if (choices.chance(5)) {
    const other = choices.pick(found);
    if (other.name !== target.name) return `${target.name} = ${other.name} = ${text(expression(scope))};`;
  }
  return `${target.name} = ${text(expression(scope))};`;
}

/** `x op= e`, `x++`: first brought to where it cannot overflow, if it could. */
function compound(scope: Scope): string[] {
  const { choices } = scope;
  const found = assignable(scope);
  if (found.length === 0) return [print(scope)];
  const { name, type } = choices.pick(found);
  const wraps = !type.signed || promoted(type) !== type;
  const small = wraps ? [] : [`${name} %= 1000;`];
  const value = text(fit(expression(scope), 1000n));
  switch (choices.int(6)) {
    case 0: return [`${name} ${choices.pick(['^', '|', '&'])}= ${text(expression(scope))};`];
    case 1: return [...small, choices.pick([`${name}++;`, `++${name};`, `${name}--;`, `--${name};`])];
    case 2: return [`${name} ${choices.pick(['%', '/'])}= ${operand(low(expression(scope), 4), BIND.add)} + 1;`];
    case 3: return [`${name} >>= ${text(low(expression(scope), 3))};`];
    case 4: return type.signed ? [...small, `${name} *= ${value};`] : [`${name} <<= ${text(low(expression(scope), 3))};`];
    default: return [...small, `${name} ${choices.pick(['+', '-'])}= ${value};`];
  }
}

/** Into an element or a member. */
function store(scope: Scope): string {
  const { choices } = scope;
  if (scope.fields.length > 0 && (choices.chance(2) || scope.arrays.length === 0)) return `${choices.pick(scope.fields).path} = ${text(expression(scope))};`;
  const target = scope.arrays.length > 0 ? choices.pick(scope.arrays) : undefined;
  if (!target) return print(scope);
  const index = low(integer(scope, 2), Math.log2(target.length)).text;
  return `${target.rows === undefined ? target.name : `${target.name}[${choices.int(2)}]`}[${index}] = ${text(expression(scope))};`;
}

function floating(scope: Scope): string {
  const { choices } = scope;
  if (scope.floats.length === 0) return print(scope);
  const { name } = choices.pick(scope.floats);
  if (choices.chance(3)) return `${name} = tame(${name} ${choices.pick(['+', '-', '*'])} ${operand(expression(scope), BIND.cast)});`;
  return `${name} = tame(${float(scope, DEPTH).text});`;
}

function leave(scope: Scope, { loop, inSwitch }: Around): string {
  const test = operand(expression(scope), BIND.comma);
  if (loop) return `if (${test}) ${scope.choices.pick(['break', 'continue'])};`;
  return inSwitch ? `if (${test}) break;` : print(scope);
}

function branch(scope: Scope, around: Around): string[] {
  const block = (): string[] => statements(scope.inner(), deeper(around), 3);
  const lines = [`if (${expression(scope).text}) {`, ...block()];
  if (scope.choices.chance(3)) lines.push(`} else if (${expression(scope).text}) {`, ...block());
  if (scope.choices.chance(2)) lines.push('} else {', ...block());
  return [...lines, '}'];
}

function counted(scope: Scope, around: Around): string[] {
  const { choices } = scope;
  const times = 1 + choices.int(LOOPS);
  const inner = scope.inner();
  const name = inner.name('i');
  const type = choices.pick(INT_TYPES.filter(({ bits }) => bits > 1));
  inner.ints.push({ name, type, lo: 0n, hi: BigInt(times), fixed: true });
  const body = statements(inner, { ...deeper(around), loop: true }, 3);
  const down = choices.chance(3) && type.signed;
  return [down ? `for (${type.name} ${name} = ${times}; ${name} > 0; ${name}--) {` : `for (${type.name} ${name} = 0; ${name} < ${times}; ${choices.pick([`${name}++`, `++${name}`, `${name} += 1`])}) {`, ...body, '}'];
}

function while_(scope: Scope, around: Around): string[] {
  const { choices } = scope;
  const name = scope.name('n');
  const times = 1 + choices.int(LOOPS);
  const body = statements(scope.inner(), { ...deeper(around), loop: true }, 3);
  return choices.chance(2)
    ? [`int ${name} = ${times};`, 'do {', ...body, `} while (--${name} > 0);`]
    : [`int ${name} = 0;`, `while (${name}++ < ${times}${choices.chance(2) ? ` && ${operand(expression(scope), BIND.bitOr)}` : ''}) {`, ...body, '}'];
}

/** With cases that fall through, and its default anywhere. */
function switch_(scope: Scope, around: Around): string[] {
  const { choices } = scope;
  const lines = [`switch (${low(expression(scope), 3).text}) {`];
  const labels = [0, 1, 2, 3, 4, 5].filter(() => choices.chance(2));
  const at = choices.int(labels.length + 1);
  for (let i = 0; i <= labels.length; i++) {
    lines.push(i === at ? 'default:' : `case ${labels[i < at ? i : i - 1]}:`);
    lines.push('{', ...statements(scope.inner(), { ...deeper(around), loop: false, inSwitch: true }, 2), '}');
    if (!choices.chance(3)) lines.push('break;');
  }
  return [...lines, '}'];
}

/** A jump forward over some statements, in a block of its own. */
function forward(scope: Scope, around: Around): string[] {
  const label = scope.name(`${scope.prefix}_l`);
  return [`if (${expression(scope).text}) goto ${label};`, '{', ...statements(scope.inner(), { ...deeper(around), loop: false, inSwitch: false }, 3), '}', `${label}: ;`];
}

/** A function's body that only computes: its parameters are what it knows. */
export function pureBody(scope: Scope): string[] {
  return [`if (${integer(scope, 2).text}) return ${text(integer(scope, 2))};`, `return ${text(integer(scope, 3))};`];
}
