import { spanOf, type Token } from '../preprocess/token.ts';
import type { Unit } from './unit.ts';

/** Reports a name that this scope already has as something else than what can be declared twice. */
export function redeclared(u: Unit, name: Token): void {
  const old = u.scope.names.get(name.text);
  if (!old) return;
  u.error(spanOf(name), old.kind === 'enumerator' ? `redeclaration of enumerator '${name.text}'` : `'${name.text}' redeclared as different kind of symbol`);
  u.note(old.span, `previous declaration of '${name.text}'`);
}
