import { spanOf } from '../preprocess/token.ts';
import { parenthesised } from './attributes.ts';
import { declaration } from './declaration.ts';
import { tentativeDefinitions } from './declare_variable.ts';
import { startsDeclaration } from './specifiers.ts';
import { recover } from './statement.ts';
import { before, GivenUp, SyntaxProblem, type Unit } from './unit.ts';

/** Reads a whole unit into `u`: never throws for what is in the text. */
export function translationUnit(u: Unit): void {
  try {
    while (u.token.kind !== 'end') external(u);
    tentativeDefinitions(u);
  } catch (problem) {
    if (!(problem instanceof GivenUp)) throw problem;
  }
}

function external(u: Unit): void {
  const from = u.at;
  try {
    if (u.accept(';')) return;
    if (u.sees('asm')) {
      const at = u.next();
      parenthesised(u);
      u.accept(';');
      u.unsupported(spanOf(at), 'inline assembly is not supported');
      return;
    }
    if (u.sees('__extension__')) u.next();
    if (!startsDeclaration(u) && u.token.kind !== 'identifier' && !u.sees('_Static_assert') && !u.sees('*') && !u.sees('(')) {
      const brace = u.sees('}');
      u.error(spanOf(u.token), brace ? `expected identifier or '(' before '}' token` : `expected identifier or '(' ${before(u.token)}`, brace ? "there is one '}' too many before here" : undefined);
      u.next();
      if (!brace) recover(u);
      return;
    }
    declaration(u);
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem;
    while (u.scope !== u.fileScope) u.pop();
    u.fn = null;
    u.locals = [];
    u.hidden = [];
    u.sizes = [];
    // nothing read: step over what cannot begin a declaration
    if (u.at === from) u.next();
    recover(u, from);
    u.accept('}');
  }
}
