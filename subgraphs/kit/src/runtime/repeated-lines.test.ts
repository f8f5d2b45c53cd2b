import { expect, test } from '@jest/globals';
import { RepeatedLines } from './repeated-lines.ts';

test('a repeated text is written at once, and then once a minute with the number of omitted lines', () => {
  let nowMs = 0;
  const lines = new RepeatedLines(() => nowMs);
  const written: unknown[] = [];
  for (; nowMs < 180_000; nowMs += 50) lines.write('stream not found', (omitted) => written.push(omitted));
  expect(written).toEqual([{}, { omittedLines: 1199 }, { omittedLines: 1199 }]);
});

test('another text is written at once, and a text after a quiet minute like a new text', () => {
  let nowMs = 0;
  const lines = new RepeatedLines(() => nowMs);
  const written: unknown[] = [];
  for (const text of ['one', 'other', 'one']) lines.write(text, () => written.push(text));
  nowMs = 120_000;
  lines.write('other', (omitted) => written.push(omitted));
  expect(written).toEqual(['one', 'other', {}]);
});
