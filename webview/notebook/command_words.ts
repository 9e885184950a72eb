/**
 * A line of words as a POSIX shell takes them apart, without anything that a shell would replace: quotes and backslashes only. Null when a quote is not closed.
 * What is not quoted stays as it is, `$` and `*` too.
 */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < line.length; at++) {
    const c = line[at] ?? '';
    if (c === ' ' || c === '\t' || c === '\n') {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    word ??= '';
    if (c === '\\') word += line[++at] ?? '\\';
    else if (c === "'" || c === '"') {
      const end = closing(line, at);
      if (end < 0) return null;
      const inside = line.slice(at + 1, end);
      word += c === '"' ? inside.replace(/\\(["\\$`])/g, '$1') : inside;
      at = end;
    } else word += c;
  }
  if (word !== null) words.push(word);
  return words;
}

/** Where the quote that begins at `at` ends; -1: nowhere. */
function closing(line: string, at: number): number {
  const quote = line[at];
  for (let n = at + 1; n < line.length; n++) {
    if (line[n] === quote) return n;
    if (quote === '"' && line[n] === '\\') n++;
  }
  return -1;
}

/** The words as one line that splitWords takes apart again. */
export function joinWords(words: readonly string[]): string {
  return words.map((word) => (/^[^\s'"\\]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
