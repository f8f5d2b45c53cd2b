import { expect, test } from '@jest/globals';
import { err, ok } from '@souk/kit/domain';
import fc from 'fast-check';
import { detectDelimiter, DELIMITERS, type Delimiter } from './csv-format.ts';
import { readCsv, UnreadableFileError } from './csv-records.ts';
import { csvLine, defused, undefused } from './csv-text.ts';
import { amountOf, detectDecimalMark } from './decimal-mark.ts';
import { htmlOfText, textOfHtml } from './html-text.ts';
import { decoding, detectEncoding, encoded, type Encoding } from './text-encoding.ts';

async function read(text: string, delimiter: Delimiter = ',', size = text.length || 1) {
  const characters = Array.from(text); // no decoder cuts a character
  const parts: string[] = [];
  for (let start = 0; start < characters.length; start += size)
    parts.push(characters.slice(start, start + size).join(''));
  const records: { line: number; cells: readonly string[] }[] = [];
  for await (const record of readCsv(parts, delimiter)) records.push(record);
  return records;
}
const cellsOf = async (text: string, delimiter: Delimiter = ',') =>
  (await read(text, delimiter)).map(({ cells }) => cells);

test('an inch sign within a cell is a character', async () => {
  expect(await cellsOf('sku;name;price\r\nM34;Muffe 3/4";1,50\r\nM12;"Muffe 1/2"" lang";2\r\n', ';')).toEqual([
    ['sku', 'name', 'price'],
    ['M34', 'Muffe 3/4"', '1,50'],
    ['M12', 'Muffe 1/2" lang', '2'],
  ]);
});

test('cells stay text: leading zeros, exponents, long numbers and spaces', async () => {
  const cells = ['0815', '1e5', '00012345678905', '1234567890123456', ' x ', 'true', '2024-01-01'];
  expect(await cellsOf(csvLine(cells))).toEqual([cells]);
});

test('a record begins on its line, after records with line ends and after empty lines', async () => {
  for (const end of ['\n', '\r\n']) {
    const text = ['sku,description', '1,"one', 'two', 'three"', '', '2,two', '3,three'].join(end);
    expect((await read(text)).map(({ line }) => line)).toEqual([1, 2, 6, 7]);
  }
});

test('a quote that is never closed is reported with the line on which its record begins', async () => {
  const reading = read('sku,name\n1,one\n2,"two\n3,three\n');
  await expect(reading).rejects.toThrow(UnreadableFileError);
  await expect(reading).rejects.toMatchObject({ line: 3 });
});

const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\ufeff', ''));
const texts = fc.oneof(cell, fc.constantFrom('"', '""', '\n', '\r\n', ';', ',', '=1+1', "'=x", '3/4"', ' "a" '));

test('what is written reads back, with every delimiter and however the text is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .integer({ min: 1, max: 5 })
        .chain((width) =>
          fc.array(fc.array(texts, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
        ),
      fc.constantFrom(...DELIMITERS),
      fc.integer({ min: 1, max: 40 }),
      async (rows, delimiter, size) => {
        const text = rows.map((row) => csvLine(row, delimiter)).join('');
        expect((await read(text, delimiter, size)).map(({ cells }) => cells)).toEqual(rows);
      },
    ),
  );
});

test('a defused cell begins no formula, and reads back', () => {
  fc.assert(
    fc.property(fc.oneof(texts, fc.stringMatching(/^['=+\-@\t\r]{0,3}x?$/)), (text) => {
      expect(undefused(defused(text))).toBe(text);
      expect(defused(text)).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

test.each([
  ['a;b\n1,5;2,25\n', ';'],
  ['a|b\n1,5|2,25\n', '|'],
  ['a\tb\nx, y\tz\n', '\t'],
  ['sku\n0815\n4711,5\n', ','],
  ['name,text\nA,"one;two;three"\nB,"four;\nfive"\n', ','],
  ['sku;size\nA;3/4"\nB;1"\n', ';'],
])('the delimiter of %j is %j', (head, delimiter) => {
  expect(detectDelimiter(head)).toBe(delimiter);
});

test.each<[Encoding, string]>([
  ['UTF_8', 'größe,naïve,€,日本'],
  ['UTF_16LE', 'größe,name,price'],
  ['UTF_16BE', 'größe,name,price'],
  ['WINDOWS_1252', 'Größe,Maß,Übergröße,5 €'],
  ['CP858', 'Größe,Maß,Übergröße,5 €'],
])('a text in %s is recognized and decoded, one byte after the other', (encoding, text) => {
  const bytes = encoded(text, encoding);
  expect(detectEncoding(bytes)).toBe(encoding);
  const decoder = decoding(encoding);
  expect(Array.from(bytes, (byte) => decoder.write(Uint8Array.of(byte))).join('') + decoder.end()).toBe(text);
});

test('a byte order mark is no part of the first cell', () => {
  const decoder = decoding('UTF_8');
  expect(decoder.write(encoded('\ufeffsku', 'UTF_8')) + decoder.end()).toBe('sku');
});

test.each([
  [['12,50', '7'], ','],
  [['12.50', '1,234.50'], '.'],
  [['1.234,50'], ','],
  [['1.234.567'], ','],
  [['1.234'], null],
  [['1,5', '2.5'], null],
  [['0.125'], '.'],
])('the decimal mark of %j is %j', (amounts, mark) => {
  expect(detectDecimalMark(amounts)).toBe(mark);
});

test('an amount is read by the mark of its file, and never guessed', () => {
  expect(amountOf('1.234', null)).toEqual(err('AMBIGUOUS'));
  expect(amountOf('1.234', ',')).toEqual(ok('1234'));
  expect(amountOf('1.234', '.')).toEqual(ok('1.234'));
  expect(amountOf("1'234.50", '.')).toEqual(ok('1234.50'));
  expect(amountOf('12,50', ',')).toEqual(ok('12.50'));
  for (const text of ['', '-5', '1e5', 'EUR 5', '1,2,3', '5,', '1.23'])
    expect(amountOf(text, ',')).toEqual(err('NO_AMOUNT'));
});

test('markup and scripts are removed from HTML', () => {
  const html = '<p>Soft &amp; warm.<script>alert(1)</script></p>\n<ul><li>Wool</li>\n<li onclick="x()">Silk</li></ul>';
  expect(textOfHtml(html)).toBe('Soft & warm.\n\n- Wool\n- Silk');
});

test('a text written as HTML reads back', () => {
  fc.assert(
    fc.property(fc.oneof(texts, fc.stringMatching(/^[a <>&\n-]{0,12}$/)), (text) => {
      const plain = text.replaceAll('\r', '').replaceAll('\0', '');
      expect(textOfHtml(htmlOfText(plain))).toBe(plain);
    }),
  );
});
