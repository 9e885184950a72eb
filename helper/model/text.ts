/**
 * Host text made safe to show as plain text in one line: control characters, line and paragraph separators and the
 * characters that reorder or hide text (bidirectional controls, zero-width, tags) are written as escapes that a person can read.
 * Markdown and HTML need their own escaping on top of this.
 */
export function visible(text: string, maxLength = Infinity): string {
  const shown = text.replace(HIDDEN, (c) => NAMED[c] ?? (c.length === 1 && c.charCodeAt(0) < 0x100
    ? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`
    : `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`));
  if (shown.length <= maxLength) return shown;
  // never cut a surrogate pair in two
  const end = /[\uD800-\uDBFF]$/.test(shown.slice(0, maxLength - 1)) ? maxLength - 2 : maxLength - 1;
  return `${shown.slice(0, end)}…`;
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\x1b': '\\e' };
// Cc, Cf (bidi, zero-width, tags), Zl, Zp, lone surrogates
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
