import { readFileSync } from 'node:fs';

const page = readFileSync(new URL('../../../../docs/money.md', import.meta.url), 'utf8');

/** The rows of the table of `docs/money.md` below a heading, without backticks. */
export function rowsBelow(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return Array.from(table.matchAll(/^\| `(.*) \|$/gm), ([, row = '']) =>
    row.split(' | ').map((cell) => cell.replaceAll('`', '')),
  );
}

/** Writes each character outside of ASCII as an escape such as `\\u00a0`, as `docs/money.md` does. */
export function escaped(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
