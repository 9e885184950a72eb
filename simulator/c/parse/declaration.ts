import type { Expression, Statement } from '../ast.ts';
import { isError, ULONG, unqualified } from '../check/basic_types.ts';
import { compatible } from '../check/compatible.ts';
import { decayed } from '../check/convert.ts';
import { nameForMessages, typeText } from '../check/type_text.ts';
import { spanOf } from '../preprocess/token.ts';
import { attributes } from './attributes.ts';
import { declarator, type Declarator } from './declarator.ts';
import { declareFunction } from './declare_function.ts';
import { declareVariable } from './declare_variable.ts';
import { assignmentExpression } from './expression.ts';
import { functionDefinition } from './function_definition.ts';
import { nestedFunction } from './nested_function.ts';
import { redeclared } from './redeclare.ts';
import { lacksType, specifiers, startsDeclaration, type Specifiers } from './specifiers.ts';
import { staticAssert } from './static_assert.ts';
import { recover } from './statement.ts';
import { before, type Unit } from './unit.ts';

/** A declaration, at file scope also a function's definition; the statements that it makes when it stands in a block. */
export function declaration(u: Unit): Statement[] {
  if (u.sees('_Static_assert')) {
    staticAssert(u);
    return [];
  }
  const first = u.at;
  const specs = specifiers(u);
  const implicitInt = lacksType(u, first) && !specs.auto;
  if (specs.ended) return [];
  if (u.accept(';')) {
    const useful = specs.type.kind === 'record' || specs.type.kind === 'integer' && specs.type.enum !== undefined || isError(specs.type);
    if (!useful) u.warn(u.span(specs.start), 'useless type name in empty declaration');
    return [];
  }
  const statements: Statement[] = [];
  for (let n = 0; ; n++) {
    const outer = u.sizes;
    u.sizes = [];
    const made = declarator(u, specs.type, 'named');
    const sizes = u.sizes;
    u.sizes = outer;
    attributes(u, made.attributes);
    if (implicitInt && n === 0) implicit(u, made);
    if (made.type.kind === 'function' && specs.storage !== 'typedef' && isDefinition(u)) {
      if (u.atFileScope && n === 0) {
        functionDefinition(u, specs, made);
        return [];
      }
      return u.fn ? [...statements, ...nestedFunction(u, made, u.fn)] : u.syntax(`expected ',' or ';' before '{' token`);
    }
    for (const { symbol, value } of sizes) statements.push(hiddenSize(symbol, value));
    statements.push(...declareOne(u, specs, made));
    if (u.accept(',')) continue;
    endOfDeclaration(u, made);
    return statements;
  }
}

export function hiddenSize(symbol: Unit['sizes'][number]['symbol'], value: Expression): Statement {
  return { kind: 'declaration', symbol, init: { size: 8, entries: [{ offset: 0, type: ULONG, value }] }, length: null, span: value.span };
}

function implicit(u: Unit, made: Declarator): void {
  if (made.type.kind === 'function' && isDefinition(u)) u.warn(made.span, "return type defaults to 'int'");
  else if (u.atFileScope) u.warn(made.span, 'data definition has no type or storage class', `type defaults to 'int' in declaration of '${made.name?.text ?? ''}'`);
  else u.warn(made.span, `type defaults to 'int' in declaration of '${made.name?.text ?? ''}'`);
}

/** After a function's declarator: `{`, or the declarations of K&R parameters. */
function isDefinition(u: Unit): boolean { return u.sees('{') || startsDeclaration(u) && u.atFileScope && !u.sees('__attribute__'); }

function declareOne(u: Unit, specs: Specifiers, made: Declarator): Statement[] {
  if (!made.name) return [];
  if (specs.storage === 'typedef') {
    typedef(u, specs, made);
    return [];
  }
  if (made.type.kind === 'function') {
    declareFunction(u, specs, made);
    return [];
  }
  if (specs.auto) {
    u.expect('=');
    const e = decayed(assignmentExpression(u));
    return declareVariable(u, specs, { ...made, type: unqualified(e.type) }, e);
  }
  return declareVariable(u, specs, made, null);
}

function typedef(u: Unit, specs: Specifiers, made: Declarator): void {
  const { name } = made;
  if (!name) return;
  const old = u.scope.names.get(name.text);
  if (old?.kind === 'typedef') {
    if (!compatible(old.type, made.type)) {
      u.error(made.span, `conflicting types for '${name.text}'; have '${typeText(made.type)}'`);
      u.note(old.span, `previous declaration of '${name.text}' with type '${typeText(old.type)}'`);
    }
  } else redeclared(u, name);
  nameForMessages(made.type, name.text);
  const align = Math.max(specs.attributes.align ?? 0, made.attributes.align ?? 0);
  u.scope.names.set(name.text, { kind: 'typedef', name: name.text, type: made.type, align: align === 0 ? null : align, span: made.span });
  if (u.sees('=')) {
    u.error(spanOf(u.token), `typedef '${name.text}' is initialized`, "use 'typeof'");
    u.next();
    assignmentExpression(u);
  }
}

function endOfDeclaration(u: Unit, made: Declarator): void {
  if (u.accept(';')) return;
  const { previous, token } = u;
  const place = { ...previous.place, column: previous.place.column + previous.width };
  const hint = previous.place.line === token.place.line ? undefined : `a ';' is missing at the end of line ${previous.place.line}`;
  const sameLine = previous.place.line === token.place.line;
  const wanted = !sameLine && token.kind !== 'end' ? "expected ';'" : made.type.kind === 'function' || u.tokens.slice(0, u.at).at(-1) === made.name ? "expected '=', ',', ';', 'asm' or '__attribute__'" : "expected ',' or ';'";
  u.error(sameLine ? spanOf(token) : { at: place, from: place, to: place }, `${wanted} ${before(token)}`, hint);
  // a line that only lacks its `;` is followed by good code
  if (!sameLine && token.first) return;
  recover(u);
}

