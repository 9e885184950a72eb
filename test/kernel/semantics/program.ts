import { Choices } from './choices.ts';
import { Scope, MEMBER_TYPES } from './scope.ts';
import type { Field, Pure } from './scope.ts';
import { OUTSIDE, print, pureBody, statements } from './statements.ts';
import { INT, UNSIGNED, UNSIGNED_LONG } from './types.ts';
import type { IntType } from './types.ts';

/** What all programs of a file share. */
const PRELUDE = `#include <stdio.h>
#include <string.h>
static double tame(double x) { return x > -1e12 && x < 1e12 ? x : 1.5; }
static long whole(double x) { return x > -1e15 && x < 1e15 ? (long)x : 7; }
`;

/** One C file with a program for each list of numbers; program N prints lines that begin with `fN`. */
export function file(programs: readonly (readonly number[])[]): string {
  const functions = programs.map((numbers, index) => program(numbers, `f${index}`));
  return `${PRELUDE}\n${functions.join('\n')}\nint main(void)\n{\n${programs.map((_, index) => `    f${index}();`).join('\n')}\n    return 0;\n}\n`;
}

function program(numbers: readonly number[], name: string): string {
  const choices = new Choices(numbers);
  const scope = new Scope(choices, name);
  const before: string[] = [];
  const body: string[] = [];
  for (let i = choices.int(3); i > 0; i--) before.push(...helper(scope));
  if (choices.chance(2)) table(scope, before);
  scope.ints.push({ name: 'x', type: scope.type() }, { name: 'y', type: scope.type() });
  const [x, y] = scope.ints.slice(-2);
  body.push(`${x?.type.name} x = ${choices.int(100)};`, `${y?.type.name} y = -${choices.int(100)};`);
  if (choices.chance(2)) structure(scope, before, body);
  if (choices.chance(3)) union(scope, body);
  if (choices.chance(3)) {
    body.push('static int calls;', 'calls++;');
    scope.ints.push({ name: 'calls', type: INT, lo: 0n, hi: 1000n, fixed: true });
  }
  body.push(...statements(scope, OUTSIDE, 8));
  for (const one of [...scope.ints]) body.push(`printf("${name} ${one.name} %ld\\n", (long)${one.name});`);
  for (const { path } of scope.fields) body.push(`printf("${name} ${path} %ld\\n", (long)${path});`);
  for (const { name: array, length, rows, pointer } of scope.arrays) {
    if (pointer) continue;
    body.push(`{ unsigned long h = 17; for (int q = 0; q < ${length * (rows ?? 1)}; q++) h = h * 31 + (unsigned long)${rows === undefined ? `${array}[q]` : `${array}[q / ${length}][q % ${length}]`}; printf("${name} ${array} %lx\\n", h); }`);
  }
  body.push(print(scope));
  return `${before.join('\n')}\nstatic void ${name}(void)\n{\n${body.map((line) => `    ${line}`).join('\n')}\n}\n`;
}

/** A function that computes something of its parameters. */
function helper(scope: Scope): string[] {
  const { choices } = scope;
  const parameters = Array.from({ length: 1 + choices.int(3) }, () => scope.type());
  return define(scope, { name: scope.name(`${scope.prefix}_g`), result: scope.type(), parameters });
}

function define(scope: Scope, made: Pure): string[] {
  const inside = new Scope(scope.choices, scope.prefix);
  inside.functions.push(...scope.functions);
  inside.ints.push(...made.parameters.map((type, index) => ({ name: `a${index}`, type })));
  const head = `static ${made.result.name} ${made.name}(${made.parameters.map((type, index) => `${type.name} a${index}`).join(', ')})`;
  const lines = [head, '{', ...pureBody(inside).map((line) => `    ${line}`), '}'];
  scope.functions.push(made);
  return lines;
}

/** Two functions of one type, and an array of pointers to them. */
function table(scope: Scope, before: string[]): void {
  const { result, parameters }: Omit<Pure, 'name'> = { result: scope.type(), parameters: [scope.type(), scope.type()] };
  const [a, b] = [scope.name(`${scope.prefix}_t`), scope.name(`${scope.prefix}_t`)];
  for (const name of [a, b]) before.push(...define(scope, { name, result, parameters }));
  const name = scope.name(`${scope.prefix}_table`);
  before.push(`static ${result.name} (*const ${name}[2])(${parameters.map(({ name: type }) => type).join(', ')}) = { ${a}, &${b} };`);
  scope.tables.push({ name, length: 2, of: { name: a, result, parameters } });
}

/** A struct with bit-fields and a struct inside, two variables of it, a copy, one passed and returned by value, and a pointer to it. */
function structure(scope: Scope, before: string[], body: string[]): void {
  const { choices } = scope;
  const type = `struct ${scope.prefix}_s`;
  const members: { text: string; name: string; type: IntType; bitField: boolean }[] = [];
  for (let i = 0; i < 2 + choices.int(4); i++) {
    const name = `m${i}`;
    if (choices.chance(3)) {
      const of = choices.pick([UNSIGNED, INT, UNSIGNED_LONG]);
      const bits = 1 + choices.int(of === UNSIGNED_LONG ? 31 : 20);
      const signed = of.signed && bits > 1;
      members.push({ text: `${of.signed && !signed ? 'unsigned' : of.name} ${name} : ${bits};`, name, type: { ...of, signed, bits, rank: INT.rank }, bitField: true });
    } else {
      const of = choices.pick(MEMBER_TYPES);
      members.push({ text: `${of.name} ${name};`, name, type: of, bitField: false });
    }
  }
  before.push(`${type} { ${members.map(({ text }) => text).join(' ')} struct { char c; short in; } n; };`);
  before.push(`static ${type} ${scope.prefix}_pass(${type} s, int by) { s.n.in = (short)(s.n.in + by % 100); return s; }`);
  body.push(`${type} s = { .n = { 1, 2 }, .${members[0]?.name} = 1 }, t = s, *ps = &t;`);
  body.push(`t = ${scope.prefix}_pass(s, ${choices.int(50)});`, `printf("${scope.prefix} size %zu\\n", sizeof s);`);
  const field = (path: string, of: { type: IntType; bitField: boolean }): Field => ({ path, type: of.type, bitField: of.bitField });
  for (const one of members) scope.fields.push(field(`s.${one.name}`, one), field(`ps->${one.name}`, one));
  scope.fields.push({ path: 't.n.in', type: MEMBER_TYPES.find(({ name }) => name === 'short') ?? INT, bitField: false });
}

/** The bytes of a word. */
function union(scope: Scope, body: string[]): void {
  const word = scope.choices.pick([UNSIGNED, UNSIGNED_LONG]);
  body.push(`union { ${word.name} w; unsigned char b[${word.bits / 8}]; signed char c; float f; } u = { .w = ${scope.choices.int(60000)}u * 69069u };`);
  scope.fields.push({ path: 'u.w', type: word, bitField: false }, { path: 'u.b[1]', type: { ...UNSIGNED, name: 'unsigned char', bits: 8, rank: 1 }, bitField: false }, { path: 'u.c', type: { ...INT, name: 'signed char', bits: 8, rank: 1 }, bitField: false });
}

