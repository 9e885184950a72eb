import stringWidth from 'string-width';

const COLUMNS = ['NS', 'TYPE', 'NPROCS', 'PID', 'USER', 'OWNER', 'HELD BY', 'COMMAND'] as const;
const RIGHT: ReadonlySet<string> = new Set(['NS', 'NPROCS', 'PID', 'OWNER']);
/** Columns that are only shown when some row has something to say there. */
const OPTIONAL: ReadonlySet<string> = new Set(['OWNER', 'HELD BY']);
/** Where lines are not cut (a pipe), a longer cell is told whole but pushes only its own line. */
const MOST_HELD_BY = 48;

/** One line of the table: texts that are safe to print. */
export type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** Aligned columns, as text. Lines are cut to `width` terminal cells. */
export function formatTable(rows: readonly Row[], { headings, width }: { headings: boolean; width: number }): string {
  const columns = COLUMNS.filter((name) => !OPTIONAL.has(name) || rows.some((row) => row[name] !== ''));
  const shown = rows.map((row) => ({ ...row, 'HELD BY': Number.isFinite(width) ? cut(row['HELD BY'], MOST_HELD_BY) : row['HELD BY'] }));
  const widths = columns.map((name) => Math.max(headings ? name.length : 0, ...shown.map((row) => (name === 'HELD BY' ? Math.min(stringWidth(row[name]), MOST_HELD_BY) : stringWidth(row[name])))));
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, i) => {
      const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - stringWidth(cell)));
      if (RIGHT.has(columns[i] ?? '')) return space + cell;
      return i === cells.length - 1 ? cell : cell + space;
    });
    return `${cut(padded.join(' ').trimEnd(), width)}\n`;
  };
  return [...headings ? [line(columns)] : [], ...shown.map((row) => line(columns.map((name) => row[name])))].join('');
}

/** At most so many terminal cells; what is cut ends with `…`. */
function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cells = 1;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    cells += stringWidth(segment);
    if (cells > width) break;
    kept += segment;
  }
  return `${kept}…`;
}
