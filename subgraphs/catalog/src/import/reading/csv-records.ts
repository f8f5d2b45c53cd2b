import { parse, CsvError } from 'csv-parse';
import type { Delimiter } from './csv-format.ts';

/** A record of a CSV file. Every cell is text. */
export interface CsvRecord {
  /** The line of the file on which the record begins. The first line is 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The maximum number of characters of a record. Without a limit, a quote that is never closed would read the whole file into memory. */
const MAX_RECORD = 1_000_000;

/** Thrown when a file cannot be split into records, for instance because a quote is never closed. */
export class UnreadableFileError extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
    this.name = 'UnreadableFileError';
  }
}

/**
 * Reads the records of a CSV text (RFC 4180) that arrives in parts. Empty lines are skipped. A quote inside an unquoted cell is an ordinary
 * character. Cells keep their spaces, and stay strings.
 * @throws UnreadableFileError while the records are read
 */
export async function* readCsv(
  text: AsyncIterable<string> | Iterable<string>,
  delimiter: Delimiter,
): AsyncGenerator<CsvRecord> {
  let [last, drift] = [0, 0];
  /** The line on which each buffered record begins. */
  const starts: number[] = [];
  const parser = parse({
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD,
    on_record(cells: string[], { lines }) {
      const ends = lineEndsIn(cells);
      drift += ends.double; // csv-parse counts CR LF within quotes as two lines
      last = lines - drift;
      starts.push(last - ends.all);
      return cells;
    },
  });
  const feeding = feed(parser, text);
  try {
    for await (const cells of parser) yield { line: starts.shift() ?? last, cells: cells as string[] };
    await feeding;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UnreadableFileError(problemOf(error), last + 1);
  } finally {
    parser.destroy();
    await feeding.catch(() => undefined);
  }
}

async function feed(parser: ReturnType<typeof parse>, text: AsyncIterable<string> | Iterable<string>): Promise<void> {
  try {
    for await (const part of text) {
      if (parser.destroyed) return;
      if (!parser.write(part)) await drained(parser);
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** Resolves when the parser accepts more text, or has ended. */
function drained(parser: ReturnType<typeof parse>): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of EVENTS) parser.off(event, done);
      resolve();
    };
    for (const event of EVENTS) parser.on(event, done);
  });
}

const EVENTS = ['drain', 'close', 'error'] as const;

function lineEndsIn(cells: readonly string[]): { readonly all: number; readonly double: number } {
  let [all, double] = [0, 0];
  for (const cell of cells) {
    if (!/[\r\n]/.test(cell)) continue;
    const ends = cell.match(/\r\n|\r|\n/g) ?? [];
    all += ends.length;
    double += ends.filter((end) => end.length === 2).length;
  }
  return { all, double };
}

function problemOf({ code, message }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return 'A quote opens a cell here and is never closed: double the quotes within a cell';
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `A record is longer than ${MAX_RECORD} characters: a quote may not be closed`;
  return message;
}
