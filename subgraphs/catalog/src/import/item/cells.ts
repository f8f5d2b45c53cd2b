import { amountOf, type DecimalMark } from '../reading/decimal-mark.ts';
import type { ImportRow, RowProblem, RowProblemCode } from './given-product.ts';

/** The position of each column in a row, by the column's known name. */
export type Columns = ReadonlyMap<string, number>;

/** Reads the cells of a row and records their problems. A cell is undefined when the file lacks its column, and null when it is empty. */
export class Cells {
  readonly #row: ImportRow;
  readonly #columns: Columns;
  readonly #problems: RowProblem[];

  constructor(row: ImportRow, columns: Columns, problems: RowProblem[]) {
    this.#row = row;
    this.#columns = columns;
    this.#problems = problems;
  }

  /** The text of a cell without surrounding spaces. */
  text(column: string, max = 255): string | null | undefined {
    const index = this.#columns.get(column);
    if (index === undefined) return undefined;
    const text = (this.#row.cells[index] ?? '').trim();
    if (text === '') return null;
    if (/[\0\ufffd]/.test(text)) {
      this.note(column, 'INVALID_CHARACTERS', 'The cell has characters that are no text', {
        suggestion: 'Save the file as UTF-8, or name its encoding when you start the import',
      });
      return null;
    }
    if (text.length <= max) return text;
    this.note(column, 'TOO_LONG', `The text has ${text.length} characters, and at most ${max} are allowed`);
    return text.slice(0, max);
  }

  /** The values of a cell that contains a list. `|` separates values, and `\|` is a literal `|`. */
  list(column: string, max: number): readonly string[] | undefined {
    const text = this.#raw(column);
    if (text === undefined) return undefined;
    const texts = text === null ? [] : splitList(text, '|').map(unescaped);
    if (texts.length > max)
      this.note(column, 'TOO_LONG', `The list has ${texts.length} values, and at most ${max} are allowed`);
    const long = texts.find((each) => each.length > 2048);
    if (long !== undefined) this.note(column, 'TOO_LONG', 'A value of the list has more than 2048 characters');
    return texts;
  }

  /** The cell with its surrounding spaces. A space after a backslash is part of a value, so only `unescaped` may remove spaces. */
  #raw(column: string): string | null | undefined {
    const text = this.text(column, 50_000);
    const index = this.#columns.get(column);
    return text && index !== undefined ? (this.#row.cells[index] ?? '') : text;
  }

  /** The pairs of a cell: `Size=M|Color=Blue`. */
  pairs(column: string, max: number): readonly { readonly name: string; readonly value: string }[] | undefined {
    const text = this.#raw(column);
    if (text === undefined) return undefined;
    const parts = text === null ? [] : splitList(text, '|').map((part) => splitList(part, '='));
    const wrong = parts.find((part) => part.length !== 2 || part.some((each) => each.trim() === ''));
    if (wrong)
      this.note(column, 'INVALID_VALUE', `"${wrong.join('=')}" is no pair of a name and a value`, {
        suggestion: 'Write pairs as Size=M|Color=Blue, and the characters | = \\ in a name or value as \\| \\= \\\\',
      });
    if (parts.length > max)
      this.note(column, 'TOO_LONG', `The cell has ${parts.length} pairs, and at most ${max} are allowed`);
    const pairs = parts.map(([name = '', value = '']) => ({ name: unescaped(name), value: unescaped(value) }));
    const long = pairs.find(({ name, value }) => name.length > 100 || value.length > 255);
    if (long) this.note(column, 'TOO_LONG', 'A name has at most 100 characters, and a value at most 255');
    return pairs;
  }

  /** The cell as one of the allowed values. Letter case is ignored. */
  oneOf<Value extends string>(column: string, values: readonly Value[]): Value | null | undefined {
    const text = this.text(column);
    if (text === undefined || text === null) return text;
    const found = values.find((each) => each === text.toUpperCase().replaceAll(/[ -]/g, '_'));
    if (!found)
      this.note(column, 'INVALID_VALUE', `"${text.slice(0, 50)}" is not allowed here`, {
        suggestion: `Use one of ${values.join(', ')}`,
      });
    return found ?? null;
  }

  /** Reads the decimal number in a cell. @returns the number with a decimal point */
  amount(column: string, mark: DecimalMark | null): string | null | undefined {
    const text = this.text(column);
    if (text === undefined || text === null) return text;
    const read = amountOf(text, mark);
    if (read.ok) return read.value;
    if (read.error === 'AMBIGUOUS')
      this.note(
        column,
        'AMBIGUOUS_NUMBER',
        `"${text}" is ambiguous: the mark in it may separate thousands or decimal places`,
        {
          suggestion: 'Name the decimal mark when you start the import',
        },
      );
    else
      this.note(column, 'INVALID_NUMBER', `"${text.slice(0, 50)}" is no amount`, {
        suggestion: `Write digits with ${mark === ',' ? 'a comma' : 'a point'} before the decimal places, without a currency`,
      });
    return null;
  }

  note(
    column: string | null,
    code: RowProblemCode,
    message: string,
    { suggestion = null }: { suggestion?: string | null } = {},
  ) {
    this.#problems.push({ line: this.#row.line, column, code, message, suggestion });
  }
}

/** Splits a text at each separator that does not follow a backslash. */
function splitList(text: string, separator: string): string[] {
  const parts = [''];
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '\\') parts.push(parts.pop() + character + (text[++index] ?? ''));
    else if (character === separator) parts.push('');
    else parts.push(parts.pop() + character);
  }
  return parts;
}

/** Removes backslashes, and surrounding spaces that do not follow a backslash. */
const unescaped = (text: string) =>
  text
    .trimStart()
    .replace(/(?<!\\)\s+$/, '')
    .replaceAll(/\\(.)/gs, '$1');
const escapedText = (text: string) => text.replaceAll(/[\\|=]|^\s|\s$/g, '\\$&');

/** Writes a list as a cell. `Cells.list` reads the same values. */
export function listCell(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll(/[\\|]|^\s|\s$/g, '\\$&')).join('|');
}

/** Writes pairs as a cell. `Cells.pairs` reads the same pairs. */
export function pairsCell(pairs: readonly { readonly name: string; readonly value: string }[]): string {
  return pairs.map(({ name, value }) => `${escapedText(name)}=${escapedText(value)}`).join('|');
}

/** Converts pairs to attributes. Pairs with the same name become one attribute with several values. */
export function attributesOf(pairs: readonly { readonly name: string; readonly value: string }[]) {
  const byCode = Map.groupBy(pairs, ({ name }) => name);
  return [...byCode].map(([code, same]) => ({ code, values: [...new Set(same.map(({ value }) => value))] }));
}
