import type { Texts } from './text-changes.ts';

/** Splits text from a spreadsheet into cells: line breaks separate rows, and tabs separate columns. */
function cellsOf(text: string): readonly (readonly string[])[] {
  const lines = text.replaceAll('\r', '').replace(/\n$/, '').split('\n');
  return lines.map((line) => line.split('\t').map((cell) => cell.trim()));
}

/**
 * Fills pasted cells into a grid of fields, from one field to the right and down. Cells beyond the grid are ignored.
 * @param grid the field names of each row
 * @returns null when the text is a single cell, which the browser pastes itself
 */
export function pasteCells(
  texts: Texts,
  grid: readonly (readonly string[])[],
  at: { readonly row: number; readonly column: number },
  pasted: string,
): Texts | null {
  const cells = cellsOf(pasted);
  if (cells.length === 1 && cells[0]?.length === 1) return null;
  const changes = cells.flatMap((line, row) =>
    line.flatMap((cell, column) => {
      const field = grid[at.row + row]?.[at.column + column];
      return field === undefined ? [] : [[field, cell] as const];
    }),
  );
  return { ...texts, ...Object.fromEntries(changes) };
}
