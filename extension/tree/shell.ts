/** Characters that a POSIX shell leaves alone wherever they stand in a word. */
const PLAIN = /^[A-Za-z0-9_/:=.,@%+-]+$/;
/** What must not reach a terminal as it is: control, format, separator characters. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** How the helper writes a byte that is not UTF-8. */
const BYTE = /\\x([0-9A-Fa-f]{2})/g;

/**
 * One word for a shell, for a command that a person copies and pastes. Hidden characters and bytes that are not UTF-8 are
 * written as `$'\x…'` (bash, zsh, ksh, POSIX.1-2024), so that a pasted line is always one line and shows what it is.
 */
export function quoteWord(word: string): string {
  if (PLAIN.test(word)) return word;
  if (!HIDDEN.test(word) && word.search(BYTE) < 0) return `'${word.replaceAll("'", `'\\''`)}'`;
  let quoted = '';
  let last = 0;
  for (const match of word.matchAll(BYTE)) {
    quoted += ansiC(word.slice(last, match.index)) + `\\x${match[1] ?? ''}`;
    last = match.index + match[0].length;
  }
  return `$'${quoted}${ansiC(word.slice(last))}'`;
}

export function quoteCommand(argv: readonly string[]): string { return argv.map(quoteWord).join(' '); }

function ansiC(text: string): string {
  let quoted = '';
  for (const c of text) {
    if (c === '\\' || c === "'") quoted += `\\${c}`;
    else if (HIDDEN.test(c)) quoted += [...new TextEncoder().encode(c)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
    else quoted += c;
  }
  return quoted;
}
