import type { Texts } from './text-changes.ts';

/** Cells from a spreadsheet: rows are separated by line breaks, columns by tabs. */
function cellsOf(text: string): readonly (readonly string[])[] {
  const lines = text.replaceAll('\r', '').replace(/\n$/, '').split('\n');
  return lines.map((line) => line.split('\t').map((cell) => cell.trim()));
}

/**
 * Returns the texts after cells were pasted at a field of a grid. Cells beyond the grid are left out.
 * @param grid the fields of each row
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
