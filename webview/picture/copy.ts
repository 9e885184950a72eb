import type { Messages } from '../messages.ts';
import { contents, rowName, whyNot, isNotYet, taskFacts } from './describe.ts';
import type { Table } from './model.ts';
import { cellAt } from './navigate.ts';

/** The table as text in columns, one row a line, and a line for each namespace. `sentence` comes first. */
export function asText(table: Table, sentence: string, hostName: string, m: Messages): string {
  const head = [m.processHeader, ...table.columns.map((column) => column.link)];
  const lines = table.rows.map((row, r) => [
    [rowName(row, hostName, m), ...(row.task ? taskFacts(row.task, m) : [])].join(m.comma),
    ...table.columns.map((column, c) => {
      const cell = cellAt(table, { row: r, column: c });
      if (!cell) return '';
      return cell.shown ? `${cell.shown.letter} ${cell.shown.inode}` : isNotYet(cell, column) ? m.notYet : whyNot(cell.why, m);
    }),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((line) => length(line[i] ?? ''))));
  const text = [head, ...lines].map((line) => line.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - length(cell))).join('  ').trimEnd());
  const namespaces = [...table.namespaces.values()].filter((shown) => shown.facts)
    .map((shown) => `${shown.type}:[${shown.inode}]  ${shown.letter}  ${shown.facts ? contents(shown.facts, m) : ''}`);
  return [sentence, '', ...text, '', ...namespaces, ''].join('\n');
}

const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters as people count them, so that columns line up. */
function length(text: string): number {
  return [...CHARACTERS.segment(text)].length;
}
