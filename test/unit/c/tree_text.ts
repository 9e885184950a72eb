import type { Expression, Initializer, Statement } from '../../../simulator/c/ast.ts';
import { typeText } from '../../../simulator/c/check/type_text.ts';

/** A checked expression in one line, every implied step written out: `int(x:char)` is a cast, `@x` an array or function that became its address, `x{…}` bits. */
export function expressionText(e: Expression): string {
  const of = expressionText;
  switch (e.kind) {
    case 'constant': return `${e.value}:${typeText(e.type)}`;
    case 'float': return `${e.value}:${typeText(e.type)}`;
    case 'string': return JSON.stringify(Array.from(e.bytes, (byte) => String.fromCharCode(byte)).join(''));
    case 'variable': return e.symbol.name;
    case 'deref': return `*(${of(e.operand)})`;
    case 'member': return `${of(e.object)}+${e.offset}${e.bits ? `{${e.bits.shift},${e.bits.width}}` : ''}`;
    case 'address': return `&(${of(e.operand)})`;
    case 'decay': return `@${of(e.operand)}`;
    case 'cast': return `${e.implied ? '' : '!'}${typeText(e.type)}(${of(e.operand)})`;
    case 'unary': return `${e.op}${of(e.operand)}`;
    case 'binary': return `(${of(e.left)} ${e.op} ${of(e.right)})`;
    case 'pointer-add': return `(${of(e.pointer)} ${e.subtract ? '-' : '+'} ${of(e.index)}*${scale(e.scale)})`;
    case 'pointer-difference': return `((${of(e.left)} - ${of(e.right)})/${scale(e.scale)})`;
    case 'logical': return `(${of(e.left)} ${e.op} ${of(e.right)})`;
    case 'conditional': return `(${of(e.condition)} ? ${e.then ? of(e.then) : ''} : ${of(e.otherwise)})`;
    case 'comma': return `(${of(e.left)}, ${of(e.right)})`;
    case 'assign': return `(${of(e.target)} = ${of(e.value)})`;
    case 'compound-assign': return `(${of(e.target)} ${e.op}=<${typeText(e.computed)}> ${of(e.value)}${e.scale === undefined ? '' : `*${scale(e.scale)}`})`;
    case 'increment': return `(${e.prefix ? 'pre' : 'post'} ${of(e.target)} ${e.step}*${scale(e.scale)})`;
    case 'call': return `${of(e.callee)}(${e.arguments.map(of).join(', ')})`;
    case 'compound': return `literal${initializerText(e.init)}`;
    case 'statement-expression': return `({${e.body.statements.map(statementText).join(' ')} => ${e.result ? of(e.result) : 'void'}})`;
    case 'builtin': return `#${e.name}(${e.operands.map(of).join(', ')})`;
  }
}

function scale(of: number | Expression): string { return typeof of === 'number' ? String(of) : expressionText(of); }

export function initializerText({ size, entries }: Initializer): string {
  return `[${size}: ${entries.map(({ offset, bits, value }) => `${offset}${bits ? `{${bits.shift},${bits.width}}` : ''}=${value.kind === 'bytes' ? JSON.stringify(Array.from(value.bytes, (byte) => String.fromCharCode(byte)).join('')) : expressionText(value)}`).join(' ')}]`;
}

export function statementText(s: Statement): string {
  switch (s.kind) {
    case 'expression': return `${expressionText(s.expression)};`;
    case 'declaration': return `${typeText(s.symbol.type)} ${s.symbol.name}${s.init ? ` ${initializerText(s.init)}` : ''}${s.length ? ` length ${expressionText(s.length)}` : ''};`;
    case 'block': return `{${s.statements.map(statementText).join(' ')}}`;
    case 'if': return `if (${expressionText(s.condition)}) ${statementText(s.then)}${s.otherwise ? ` else ${statementText(s.otherwise)}` : ''}`;
    case 'while': return `while (${expressionText(s.condition)}) ${statementText(s.body)}`;
    case 'do': return `do ${statementText(s.body)} while (${expressionText(s.condition)});`;
    case 'for': return `for (${s.init.map(statementText).join(' ')} ${s.condition ? expressionText(s.condition) : ''}; ${s.step ? expressionText(s.step) : ''}) ${statementText(s.body)}`;
    case 'switch': return `switch (${expressionText(s.value)}) <${s.cases.map(({ low, high }) => (low === high ? String(low) : `${low}..${high}`)).join()}${s.default ? ',default' : ''}> ${statementText(s.body)}`;
    case 'case': return `case ${s.low}: ${statementText(s.statement)}`;
    case 'default': return `default: ${statementText(s.statement)}`;
    case 'return': return `return${s.value ? ` ${expressionText(s.value)}` : ''};`;
    case 'goto': return `goto ${s.label};`;
    case 'label': return `${s.name}: ${statementText(s.statement)}`;
    case 'empty': return ';';
    case 'break': case 'continue': return `${s.kind};`;
  }
}
