import type { Place, Span } from './ast.ts';
import { byteString, readable } from './bytes.ts';
import type { Diagnostic } from './diagnostic.ts';

/** The text of a file that a place names; null: it cannot be shown. */
export type ReadSource = (file: string) => Uint8Array | null;

/**
 * A diagnostic as gcc prints it: `file:line:column: error: message`, the source line and a caret under the place, then the hint. Lines end with `\n`; what the source
 * holds is decoded as UTF-8, so that columns on the screen are characters.
 */
export function renderDiagnostic(diagnostic: Diagnostic, read: ReadSource): string {
  const { span, severity, message, hint } = diagnostic;
  const { at } = span;
  const word = severity === 'unsupported' ? 'error' : severity;
  let text = `${at.file}:${at.line}:${at.column}: ${word}: ${message}\n`;
  text += excerpt(span, at, read);
  // where the macro that the place came from wrote it
  if (at.macro && at.macro.file !== '<built-in>' && !at.macro.file.startsWith('/usr/include/')) {
    text += `${at.macro.file}:${at.macro.line}:${at.macro.column}: note: in expansion of this macro\n${excerpt(null, at.macro, read)}`;
  }
  if (hint !== undefined) text += `      | hint: ${hint}\n`;
  return text;
}

/** All of them, as a compiler writes them to stderr. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], read: ReadSource): string {
  const lines = new Map<string, Uint8Array | null>();
  const cached: ReadSource = (file) => {
    const known = lines.get(file);
    if (known !== undefined) return known;
    const bytes = read(file);
    lines.set(file, bytes);
    return bytes;
  };
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, cached)).join('');
}

const MAX_WIDTH = 400;

function excerpt(span: Span | null, at: Place, read: ReadSource): string {
  const line = sourceLine(at, read);
  if (line === null) return '';
  const number = String(at.line).padStart(5);
  // the caret under the place, tildes under the rest of the span as far as it is on this line and not made by a macro
  const from = span && onLine(span.from, at) ? Math.min(span.from.column, at.column) : at.column;
  const to = span && onLine(span.to, at) ? span.to.column : at.column + 1;
  let marks = '', shown = '';
  for (let i = 0, column = 1; i < line.length; column += 1) {
    const bytes = characterBytes(line, i);
    const character = readable(line.slice(i, i + bytes));
    const start = i + 1;
    shown += printable(character);
    marks += at.column >= start && at.column < start + bytes ? '^' : start >= from && start < to ? '~' : character === '\t' ? '\t' : ' ';
    i += bytes;
    if (column > MAX_WIDTH) break;
  }
  if (!marks.includes('^')) marks += ' '.repeat(Math.max(0, Math.min(at.column, MAX_WIDTH) - 1 - marks.length)) + '^';
  return `${number} | ${shown}\n      | ${marks.trimEnd()}\n`;
}

function onLine(place: Place, at: Place): boolean { return place.file === at.file && place.line === at.line; }

function characterBytes(line: string, at: number): number {
  const first = line.charCodeAt(at);
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
  for (let i = 1; i < length; i++) if ((line.charCodeAt(at + i) & 0xc0) !== 0x80) return 1;
  return length;
}

/** Control characters would move the cursor of whoever reads this. */
function printable(character: string): string { return character !== '\t' && (character < ' ' || character >= '\x7f' && character < '\xa0') ? '\ufffd' : character; }

function sourceLine(at: Place, read: ReadSource): string | null {
  const bytes = read(at.file);
  if (!bytes) return null;
  let from = 0;
  for (let line = 1; line < at.line; line++) {
    const next = bytes.indexOf(10, from);
    if (next < 0) return null;
    from = next + 1;
  }
  const end = bytes.indexOf(10, from);
  return byteString(bytes.subarray(from, end < 0 ? bytes.length : end)).replace(/\r$/, '');
}
