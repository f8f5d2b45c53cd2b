import { expect, jest, test } from '@jest/globals';
import { createSteps, readableDuration } from '../../bootstrap/steps.mjs';

function recording(isTTY: boolean) {
  const written: string[] = [];
  return {
    written,
    stream: { isTTY, columns: 80, hasColors: () => false, write: (text: string) => written.push(text) },
  };
}

test('a quick step is one line', async () => {
  const { written, stream } = recording(false);
  expect(await createSteps(stream).step('Building', () => 42)).toBe(42);
  expect(written.join('')).toMatch(/^✓ Building \(\d+ ms\)\n$/);
});

test('a long step reports that it still runs, line by line without a terminal', async () => {
  jest.useFakeTimers();
  const { written, stream } = recording(false);
  const { promise, resolve } = Promise.withResolvers<void>();
  const step = createSteps(stream).step('Installing', () => promise);
  jest.advanceTimersByTime(25_000);
  resolve();
  await step;
  jest.useRealTimers();
  expect(written).toHaveLength(4);
  expect(written.every((line) => line.endsWith('\n') && !line.includes('\r'))).toBe(true);
});

test('on a terminal a step is redrawn in its line', async () => {
  const { written, stream } = recording(true);
  await createSteps(stream).step('Building', () => undefined);
  expect(written.every((text) => text.startsWith('\r'))).toBe(true);
  expect(written.at(-1)).toMatch(/✓ Building \(\d+ ms\)\n$/);
});

test('of nested steps the innermost is updated, and each ends with its own line', async () => {
  jest.useFakeTimers();
  const { written, stream } = recording(false);
  const { step } = createSteps(stream);
  const { promise, resolve } = Promise.withResolvers<void>();
  const outer = step('Starting', () => step('Loading', () => promise));
  jest.advanceTimersByTime(15_000);
  resolve();
  await outer;
  jest.useRealTimers();
  expect(written.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    '· Loading',
    '· Loading',
    '✓ Loading',
    '✓ Starting',
  ]);
});

test('a failed step is marked, and its error is rethrown', async () => {
  const { written, stream } = recording(false);
  const failing = createSteps(stream).step('Building', () => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
  expect(written.at(-1)).toMatch(/^✗ Building/);
});

test.each([
  [40, '40 ms'],
  [3_240, '3.2 s'],
  [75_400, '75 s'],
])('%d ms reads %s', (ms, text) => expect(readableDuration(ms)).toBe(text));
