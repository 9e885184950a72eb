import type { Attributes } from './attributes.ts';
import { attributesOf, stateNameOf } from './attributes.ts';
import { asksIn } from './ask.ts';
import { t } from './words.ts';

/**
 * A notebook file (`*.nsbook.md`): Markdown that reads well anywhere, in which fenced blocks ```` ```c nslab ```` are programs to run, and ```` ```json nslab ```` states of machines that
 * they can begin with.
 */

/** A stretch of the file's text: characters from … to. The cells of a file follow one another without a gap. */
export type Cell =
  | { readonly kind: 'markdown'; readonly from: number; readonly to: number; readonly text: string }
  | {
    readonly kind: 'program'; readonly from: number; readonly to: number;
    /** The program, and where it stands in the file. */
    readonly text: string; readonly textFrom: number; readonly textTo: number;
    readonly attributes: Attributes;
    /** What the fence says after `c nslab`, and where that begins in the file. */
    readonly words: string; readonly wordsFrom: number;
    /** What is wrong with the fence's attributes; the cell works without them. */
    readonly faults: readonly string[];
  }
  | { readonly kind: 'state'; readonly from: number; readonly to: number; readonly text: string; readonly textFrom: number; readonly textTo: number; readonly name: string; readonly faults: readonly string[] };

const FENCE = /^((`{3,}|~{3,})[ \t]*(c|json)[ \t]+nslab\b)([^\n]*)$/;

export function parseNotebook(text: string): Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  let plainFrom = 0;
  const flush = (to: number): void => {
    if (to > plainFrom && text.slice(plainFrom, to).trim() !== '') cells.push({ kind: 'markdown', from: plainFrom, to, text: text.slice(plainFrom, to) });
    else if (to > plainFrom && cells.length > 0) widen(cells, to);
  };
  let foreign: string | null = null;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end).replace(/\r?\n$/, '');
    const other = /^(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    const found = foreign === null ? FENCE.exec(line) : null;
    if (!found) {
      // a fence inside of another fence is text
      if (other !== null) foreign = foreign === null ? other : line.startsWith(foreign) && line.trim() === other ? null : foreign;
      at = end;
      continue;
    }
    flush(at);
    const [, opening = '', fence = '```', language = '', words = ''] = found;
    const closing = closingFence(text, end, fence);
    const unclosed = closing.found ? [] : [language === 'c' ? t('the closing fence is missing: the program goes to the end of the file') : t('the closing fence is missing: the state goes to the end of the file')];
    if (language === 'json') {
      const { name, faults } = stateNameOf(words);
      cells.push({ kind: 'state', from: at, to: closing.after, text: text.slice(end, closing.from), textFrom: end, textTo: closing.from, name, faults: [...faults, ...unclosed] });
      at = plainFrom = closing.after;
      continue;
    }
    const { attributes, faults: inFence } = attributesOf(words);
    const faults = [...inFence, ...asksIn(text.slice(end, closing.from)).faults];
    cells.push({ kind: 'program', from: at, to: closing.after, text: text.slice(end, closing.from), textFrom: end, textTo: closing.from, attributes, words, wordsFrom: at + opening.length, faults: [...faults, ...unclosed] });
    at = plainFrom = closing.after;
  }
  flush(text.length);
  return cells;
}

/** Blank lines between two programs belong to the one above. */
function widen(cells: Cell[], to: number): void {
  const last = cells.pop();
  if (last) cells.push({ ...last, to });
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline + 1;
}

function closingFence(text: string, from: number, fence: string): { readonly from: number; readonly after: number; readonly found: boolean } {
  for (let at = from; at < text.length; at = lineEnd(text, at)) {
    const line = text.slice(at, lineEnd(text, at)).trimEnd();
    if (line.startsWith(fence) && /^(`+|~+)$/.test(line)) return { from: at, after: lineEnd(text, at), found: true };
  }
  return { from: text.length, after: text.length, found: false };
}
