import { visible } from '../../helper/model/text.ts';
import type { Ref } from '../../simulator/picture/picture.ts';
import type { TerminalPart, TerminalShown } from '../../simulator/timeline/terminals.ts';

/** A stretch of a line by one writer. `control`: what stands there for a control character, which does nothing here. */
export interface Run { readonly text: string; readonly task: Ref | null; readonly stream: TerminalPart['stream']; readonly control: boolean }

export interface Line { readonly runs: readonly Run[] }

/** The tasks that wrote something there by now, in the order in which they first did. */
export function writersOf({ parts }: TerminalShown): readonly Ref[] {
  return [...new Set(parts.flatMap(({ task }) => task ?? []))];
}

/** A terminal's text, line by line, of everybody or of one task: read as UTF-8, and with nothing in it that could do anything but be read. */
export function linesOf({ text, parts }: TerminalShown, only: Ref | null): readonly Line[] {
  const decoder = new TextDecoder();
  const lines: Run[][] = [[]];
  let at = 0;
  let held = '';
  for (const { task, stream, length } of parts) {
    const bytes = Uint8Array.from(text.slice(at, at += length), (character) => character.charCodeAt(0));
    if (only !== null && task !== only) continue;
    // a character's bytes, and a carriage return with its newline, may come in two pieces
    const whole = held + decoder.decode(bytes, { stream: true });
    held = whole.endsWith('\r') ? '\r' : '';
    addTo(lines, held ? whole.slice(0, -1) : whole, { task, stream });
  }
  const rest = held + decoder.decode();
  const last = lines.at(-1)?.at(-1);
  if (rest !== '') addTo(lines, rest, last ?? { task: only, stream: 'stdout' });
  // what ends with a newline has no line after it
  return (lines.at(-1)?.length === 0 ? lines.slice(0, -1) : lines).map((runs) => ({ runs }));
}

/** Everything else than tabs that a terminal would do something for, or that hides or turns round other text. */
const HIDDEN = /((?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}])/u;

function addTo(lines: Run[][], text: string, { task, stream }: Pick<Run, 'task' | 'stream'>): void {
  text.replaceAll('\r\n', '\n').split('\n').forEach((line, n) => {
    if (n > 0) lines.push([]);
    line.split(HIDDEN).forEach((piece, m) => {
      if (piece !== '') lines.at(-1)?.push({ text: m % 2 === 1 ? visible(piece) : piece, task, stream, control: m % 2 === 1 });
    });
  });
}
