/** A notebook file (`*.nsbook.md`): Markdown that reads well anywhere, in which fenced blocks ```` ```c nslab ```` are programs to run. */

/** A stretch of the file's text: characters from … to. The cells of a file follow one another without a gap. */
export type Cell =
  | { readonly kind: 'markdown'; readonly from: number; readonly to: number; readonly text: string }
  | {
    readonly kind: 'program'; readonly from: number; readonly to: number;
    /** The program, and where it stands in the file. */
    readonly text: string; readonly textFrom: number; readonly textTo: number;
    readonly attributes: Attributes;
    /** What is wrong with the fence's attributes; the cell works without them. */
    readonly faults: readonly string[];
  };

export interface Attributes {
  readonly name: string;
  readonly args: readonly string[];
  readonly uid: 0 | 1000;
  readonly kernel: string | null;
  readonly stdin: string;
  readonly before: readonly string[];
  readonly privateRoot: boolean;
  /** Ask before steps, until the reader chooses otherwise. */
  readonly predict: boolean;
}

const PLAIN: Attributes = { name: 'program.c', args: [], uid: 0, kernel: null, stdin: '', before: [], privateRoot: false, predict: false };

const FENCE = /^(`{3,}|~{3,})[ \t]*c[ \t]+nslab\b([^\n]*)$/;

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
    const [, fence = '```', words = ''] = found;
    const closing = closingFence(text, end, fence);
    const { attributes, faults } = attributesOf(words);
    cells.push({ kind: 'program', from: at, to: closing.after, text: text.slice(end, closing.from), textFrom: end, textTo: closing.from, attributes, faults: closing.found ? faults : [...faults, 'the closing fence is missing: the program goes to the end of the file'] });
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

const WORD = /\s*([A-Za-z-]+)(?:="((?:[^"\\]|\\.)*)")?/y;

function attributesOf(words: string): { readonly attributes: Attributes; readonly faults: readonly string[] } {
  const faults: string[] = [];
  let attributes = PLAIN;
  WORD.lastIndex = 0;
  while (WORD.lastIndex < words.trimEnd().length) {
    const from = WORD.lastIndex;
    const match = WORD.exec(words);
    if (!match) {
      faults.push(`cannot read “${words.slice(from).trim()}”: attributes are name="value"`);
      break;
    }
    const [, name = '', raw] = match;
    const value = raw === undefined ? '' : unescaped(raw);
    if (value === null) faults.push(`${name}: a bad escape in “${raw ?? ''}”`);
    else attributes = take(attributes, name, value, faults);
  }
  return { attributes, faults };
}

/** JSON's escapes. */
function unescaped(raw: string): string | null {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return null;
  }
}

function take(to: Attributes, name: string, value: string, faults: string[]): Attributes {
  switch (name) {
    case 'name': return { ...to, name: /^[\w.-]+\.c$/.test(value) ? value : `${value.replace(/[^\w.-]/g, '') || 'program'}.c` };
    case 'args': return { ...to, args: value.split(' ').filter(Boolean) };
    case 'uid':
      if (value !== '0' && value !== '1000') faults.push(`uid is 0 or 1000, not “${value}”`);
      return { ...to, uid: value === '1000' ? 1000 : 0 };
    case 'kernel': return { ...to, kernel: value };
    case 'stdin': return { ...to, stdin: value };
    case 'before': return { ...to, before: [...to.before, value] };
    case 'private-root': return { ...to, privateRoot: true };
    case 'predict': return { ...to, predict: value !== 'off' };
    // known, and not used by this version: they are kept as they stand in the file
    case 'with': case 'tty': case 'goto': return to;
    default:
      faults.push(`there is no attribute “${name}”`);
      return to;
  }
}
