/** Characters with which spreadsheets begin a formula (OWASP, CSV injection). Quotes before them belong to the escape. */
const FORMULA = /^'*[=+\-@\t\r]/;
const ESCAPED = /^'+[=+\-@\t\r]/;

/** A cell that no spreadsheet takes for a formula: `=1+1` becomes `'=1+1`. `undefused` is the inverse for every text. */
export function defused(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** The text of a cell that `defused` wrote. */
export function undefused(cell: string): string {
  return ESCAPED.test(cell) ? cell.slice(1) : cell;
}

/** A record as a line of CSV (RFC 4180), with its line end. */
export function csvLine(cells: readonly string[], delimiter = ','): string {
  const line = cells.map((cell) => quoted(cell, delimiter)).join(delimiter);
  return `${line === '' ? '""' : line}\r\n`; // an empty line would be no record
}

function quoted(cell: string, delimiter: string): string {
  const needsQuotes = cell.includes(delimiter) || /["\r\n]/.test(cell);
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}
