/** Characters with which spreadsheets begin a formula (OWASP, CSV injection). Apostrophes before them are part of the escape. */
const FORMULA = /^'*[=+\-@\t\r]/;
const ESCAPED = /^'+[=+\-@\t\r]/;

/** Escapes a cell that a spreadsheet would run as a formula: `=1+1` becomes `'=1+1`. `undefused` restores every text exactly. */
export function defused(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** Restores the text of a cell that `defused` escaped. */
export function undefused(cell: string): string {
  return ESCAPED.test(cell) ? cell.slice(1) : cell;
}

/** Writes a record as a line of CSV (RFC 4180), with its line end. */
export function csvLine(cells: readonly string[], delimiter = ','): string {
  const line = cells.map((cell) => quoted(cell, delimiter)).join(delimiter);
  return `${line === '' ? '""' : line}\r\n`; // an empty line would be no record
}

function quoted(cell: string, delimiter: string): string {
  const needsQuotes = cell.includes(delimiter) || /["\r\n]/.test(cell);
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}
