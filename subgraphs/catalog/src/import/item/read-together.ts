import type { Cells } from './cells.ts';
import type { ImportRow } from './given-product.ts';

/**
 * Reads one value for a product from the same column of all its rows. Empty cells are ignored when another row has a value. Different
 * values are recorded as the problem CONTRADICTION.
 * @returns undefined when the file lacks the column, null when all cells are empty
 */
export function readTogether<Value>(
  cells: readonly Cells[],
  column: string,
  read: (each: Cells) => Value | null | undefined,
): Value | null | undefined {
  let found: Value | null | undefined = undefined;
  for (const each of cells) {
    const value = read(each);
    if (value === undefined) return undefined;
    if (value === null || found === undefined || found === null) {
      found ??= value;
      continue;
    }
    if (JSON.stringify(value) !== JSON.stringify(found))
      each.note(column, 'CONTRADICTION', 'Another row of the product has another value in this column', {
        suggestion: 'Write the value in the first row of the product, and leave the cell empty in the other rows',
      });
  }
  return found;
}

/** Records a problem when a row has more cells than the header. */
export function requireWidth(row: ImportRow, width: number, cells: Cells | undefined): void {
  if (row.cells.length <= width || row.cells.slice(width).every((cell) => cell === '')) return;
  cells?.note(null, 'TOO_MANY_CELLS', `The row has ${row.cells.length} cells, and the header has ${width}`, {
    suggestion: 'Put cells that contain the delimiter between quotes',
  });
}
