import type { Expression, Span } from '../ast.ts';
import type { PointerType, Type } from '../types.ts';
import type { Unit } from '../parse/unit.ts';
import { isArithmetic, isError, isScalar, unqualified } from './basic_types.ts';
import { compatible } from './compatible.ts';
import { errorExpression, isNullConstant } from './constant.ts';
import { decayed, implied } from './convert.ts';
import { typeText } from './type_text.ts';

/** Where a value is handed over: the words of gcc's messages. */
export type Handing =
  | { readonly kind: 'assignment' } | { readonly kind: 'initialization' } | { readonly kind: 'return' }
  | { readonly kind: 'argument'; readonly number: number; readonly callee: string };

function verb(how: Handing): string {
  switch (how.kind) {
    case 'assignment': return 'assignment to';
    case 'initialization': return 'initialization of';
    case 'return': return 'returning';
    case 'argument': return `passing argument ${how.number} of '${how.callee}'`;
  }
}

/** `assignment to 'int *' from 'int'`, and what is bad about it. */
function phrase(how: Handing, to: Type, from: Type, what: string): string {
  switch (how.kind) {
    case 'assignment': case 'initialization': return `${verb(how)} '${typeText(to)}' from ${what === '' ? '' : `${what} `}'${typeText(from)}'`;
    case 'return': return `returning '${typeText(from)}' from a function with ${what === '' ? '' : `${what} `}return type '${typeText(to)}'`;
    case 'argument': return `${verb(how)} from ${what === '' ? 'a value' : what}`;
  }
}

/** The value converted to `to` as by assignment (C11 6.5.16.1). As gcc 12, integers and pointers mixed, and pointers to other things, are warnings. */
export function convertForAssignment(u: Unit, to: Type, value: Expression, how: Handing, span: Span = value.span): Expression {
  const e = decayed(value);
  if (isError(to) || isError(e.type)) return e;
  const target = unqualified(to), from = unqualified(e.type);
  if (from.kind === 'void') {
    u.error(span, 'void value not ignored as it ought to be');
    return errorExpression(span);
  }
  if (isArithmetic(target) && isArithmetic(from)) return implied(e, target);
  if (target.kind === 'record' && from.kind === 'record' && target.tag === from.tag) return e;
  if (target.kind === 'pointer') {
    if (from.kind === 'pointer') {
      pointers(u, target, from, e, how, span);
      return implied(e, target);
    }
    if (from.kind === 'integer') {
      if (!isNullConstant(e)) u.warn(span, how.kind === 'argument' ? `${verb(how)} makes pointer from integer without a cast` : `${phrase(how, target, from, '')} makes pointer from integer without a cast`);
      return implied(e, target);
    }
  }
  if (target.kind === 'integer' && from.kind === 'pointer') {
    if (target.name !== '_Bool') u.warn(span, how.kind === 'argument' ? `${verb(how)} makes integer from pointer without a cast` : `${phrase(how, target, from, '')} makes integer from pointer without a cast`);
    return implied(e, target);
  }
  incompatible(u, target, from, how, span);
  return errorExpression(span);
}

function incompatible(u: Unit, to: Type, from: Type, how: Handing, span: Span): void {
  switch (how.kind) {
    case 'assignment': { u.error(span, `incompatible types when assigning to type '${typeText(to)}' from type '${typeText(from)}'`); return; }
    case 'initialization':
      u.error(span, isScalar(to) || to.kind === 'record' ? `incompatible types when initializing type '${typeText(to)}' using type '${typeText(from)}'` : 'invalid initializer');
      return;
    case 'return': { u.error(span, `incompatible types when returning type '${typeText(from)}' but '${typeText(to)}' was expected`); return; }
    case 'argument': { u.error(span, `incompatible type for argument ${how.number} of '${how.callee}'`, `expected '${typeText(to)}' but argument is of type '${typeText(from)}'`); return; }
  }
}

function pointers(u: Unit, to: PointerType, from: PointerType, e: Expression, how: Handing, span: Span): void {
  if (isNullConstant(e) || isError(to.to) || isError(from.to)) return;
  const a = to.to, b = from.to;
  const fits = a.kind === 'void' || b.kind === 'void' || compatible(deepUnqualified(a), deepUnqualified(b));
  if (!fits) {
    if (signOnly(a, b)) return;
    u.warn(span, how.kind === 'argument' ? `${verb(how)} from incompatible pointer type` : phrase(how, to, from, how.kind === 'return' ? 'incompatible' : 'incompatible pointer type'), how.kind === 'argument' ? `expected '${typeText(to)}' but argument is of type '${typeText(from)}'` : undefined);
    return;
  }
  const lost = [elementQualifiers(b).const && !elementQualifiers(a).const ? 'const' : '', elementQualifiers(b).volatile && !elementQualifiers(a).volatile ? 'volatile' : ''].filter((word) => word !== '');
  if (lost.length > 0) {
    const what = how.kind === 'return' ? 'return' : how.kind === 'argument' ? verb(how) : how.kind;
    u.warn(span, `${what} discards '${lost.join(' ')}' qualifier from pointer target type`);
  }
}

function elementQualifiers(type: Type): { readonly const: boolean; readonly volatile: boolean } { return type.kind === 'array' ? elementQualifiers(type.of) : type.q; }
/** Without the qualifiers of what is pointed to (an array has its elements'). */
function deepUnqualified(type: Type): Type { return type.kind === 'array' ? { ...type, of: deepUnqualified(type.of) } : unqualified(type); }
/** Pointers to integers that differ in sign only: gcc says nothing without -Wall. */
function signOnly(a: Type, b: Type): boolean { return a.kind === 'integer' && b.kind === 'integer' && a.size === b.size && a.name !== '_Bool' && b.name !== '_Bool' && a.name.replace('unsigned ', '').replace('signed ', '') === b.name.replace('unsigned ', '').replace('signed ', ''); }
