/** One line of the result. */
export interface Row {
  readonly size: number;
  readonly what: string;
  /** What was measured, with its unit. */
  readonly measured: string;
  /** What it is held against. */
  readonly against: string;
  /** The figure that the budget limits. */
  readonly figure: number;
  readonly unit: '×' | ' MB' | ' B' | ' ms' | ' µs';
  /** Null: told, but without a limit. */
  readonly budget: number | null;
}

export function isBroken(row: Row): boolean { return row.budget !== null && !(row.figure <= row.budget); }

const show = (value: number, unit: Row['unit']): string => `${value.toFixed(unit === '×' ? 2 : value < 10 ? 1 : 0)}${unit}`;

/** The rows as a table for people. */
export function table(rows: readonly Row[]): string {
  const head = ['processes', 'what', 'measured', 'against', 'figure', 'budget', 'verdict'];
  const cells = rows.map((row) => [
    row.size.toLocaleString('en'), row.what, row.measured, row.against, show(row.figure, row.unit),
    row.budget === null ? '' : `≤ ${show(row.budget, row.unit)}`, row.budget === null ? '' : isBroken(row) ? 'BROKEN' : 'kept',
  ]);
  const widths = head.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i]!.length)));
  const right = new Set([0, 2, 4, 5]);
  const line = (row: readonly string[]): string => row.map((text, i) => (right.has(i) ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))).join('  ').trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(line)].join('\n');
}

/** The middle value: one disturbed round does not move it. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
