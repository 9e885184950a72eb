import type { Cell, Table } from './model.ts';

/** A place of the grid. Column -1 holds the names of the rows. A joined block is at all the places it covers. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The block at a place; undefined in the column of names. */
export function cellAt(table: Table, { row, column }: Place): Cell | undefined {
  return table.cells.find((cell) => cell.column === column && cell.from <= row && row < cell.to);
}

/** How many rows Page Up and Page Down move. */
const PAGE = 10;

/**
 * Where a key leads: arrows to the neighbour (out of the whole block, not inside it), Home and End to the ends of the row, with
 * Control to the corners. Undefined: not a key of the grid. The place keeps its row while moving sideways through tall blocks.
 */
export function navigate(table: Table, from: Place, key: string, control: boolean): Place | undefined {
  const lastRow = table.rows.length - 1;
  const lastColumn = table.columns.length - 1;
  const within = (row: number, column: number): Place => ({
    row: Math.max(0, Math.min(lastRow, row)), column: Math.max(-1, Math.min(lastColumn, column)),
  });
  const cell = cellAt(table, from);
  switch (key) {
    case 'ArrowLeft': return within(from.row, from.column - 1);
    case 'ArrowRight': return within(from.row, from.column + 1);
    case 'ArrowUp': return within((cell?.from ?? from.row) - 1, from.column);
    case 'ArrowDown': return (cell?.to ?? from.row + 1) > lastRow ? within(from.row, from.column) : within(cell?.to ?? from.row + 1, from.column);
    case 'Home': return within(control ? 0 : from.row, -1);
    case 'End': return within(control ? lastRow : from.row, lastColumn);
    case 'PageUp': return within(from.row - PAGE, from.column);
    case 'PageDown': return within(from.row + PAGE, from.column);
    default: return undefined;
  }
}
