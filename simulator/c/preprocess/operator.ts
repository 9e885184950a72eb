import type { Preprocessing } from './directive.ts';
import type { Expander } from './expand.ts';
import { findHeader } from './include.ts';
import { spell, Token } from './token.ts';

/** Names that `#ifdef` finds defined though they are no macros. */
export const OPERATORS: ReadonlySet<string> = new Set(['__has_include', '__has_include_next', '__has_attribute', '__has_builtin', '__has_cpp_attribute', '_Pragma']);

const ATTRIBUTES = new Set(['noreturn', 'unused', 'used', 'packed', 'aligned', 'format', 'weak', 'constructor', 'destructor', 'noinline', 'always_inline', 'const', 'pure', 'malloc', 'nonnull',
  'warn_unused_result', 'deprecated', 'cold', 'hot', 'section', 'visibility', 'alias', 'fallthrough', 'sentinel', 'format_arg', 'alloc_size', 'returns_nonnull', 'leaf', 'nothrow', 'may_alias']);
const BUILTINS = /^__builtin_(?:expect|constant_p|offsetof|types_compatible_p|choose_expr|popcountl{0,2}|cl[zt]l{0,2}|ctzl{0,2}|ffsl{0,2}|bswap(?:16|32|64)|va_\w+|alloca|unreachable|trap|(?:add|sub|mul)_overflow|mem\w+|str\w+|printf)$/;

/** `defined X`, `__has_include(<x.h>)` and their like inside a condition, and `_Pragma("…")` anywhere: the token that it is, or null. */
export function conditionOperator(p: Preprocessing, expander: Expander, token: Token): Token | null {
  const number = (yes: boolean): Token => new Token('number', yes ? '1' : '0', token.place, token.width, false, token.space);
  if (token.text === '_Pragma') return pragmaOperator(expander, token);
  if (!p.inCondition) return null;
  switch (token.text) {
    case 'defined': {
      const next = expander.raw();
      const name = next.is('(') ? expander.raw() : next;
      if (name.kind !== 'identifier') {
        p.say('error', name.kind === 'end' ? token : name, 'operator "defined" requires an identifier');
        return number(false);
      }
      if (next.is('(')) {
        const close = expander.raw();
        if (!close.is(')')) p.say('error', token, "missing ')' after \"defined\"");
      }
      return number(p.macros.has(name.text) || OPERATORS.has(name.text));
    }
    case '__has_include':
    case '__has_include_next': {
      const list = parenthesised(expander);
      const text = list === null ? '' : list.map((t) => t.text).join('');
      const header = list?.length === 1 && list[0]?.kind === 'string' ? text : /^<.*>$/.test(text) ? text : spell(expander.expand(list ?? []));
      if (!/^(?:"[^"]*"|<[^>]*>)$/.test(header)) {
        p.say('error', token, `operator "${token.text}" requires a header-name`);
        return number(false);
      }
      return number(findHeader(header.slice(1, -1), header.startsWith('"'), p.stack.at(-1)?.path ?? '', p.files, p.system) !== null);
    }
    case '__has_attribute':
    case '__has_cpp_attribute': return number(ATTRIBUTES.has(spell(parenthesised(expander) ?? []).replace(/^__(.*)__$/, '$1')));
    case '__has_builtin': return number(BUILTINS.test(spell(parenthesised(expander) ?? [])));
    default: return null;
  }
}

function parenthesised(expander: Expander): Token[] | null {
  const open = expander.raw();
  if (!open.is('(')) return null;
  const out: Token[] = [];
  for (let depth = 1; ;) {
    const token = expander.raw();
    if (token.kind === 'end') return null;
    if (token.is('(')) depth++;
    else if (token.is(')') && --depth === 0) return out;
    out.push(token);
  }
}

function pragmaOperator(expander: Expander, token: Token): Token | null {
  const open = expander.raw();
  if (!open.is('(')) {
    if (open.kind !== 'end') expander.unread(open);
    return null;
  }
  for (let next = expander.raw(); next.kind !== 'end' && !next.is(')');) next = expander.raw();
  return new Token('nothing', '', token.place, 0, token.first, token.space);
}
