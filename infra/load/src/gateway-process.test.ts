import { expect, test } from '@jest/globals';
import { parseProcessStat } from './gateway-process.ts';

test('processor time and memory are read from /proc/PID/stat, also when the program name has parentheses', () => {
  const numbers = Array.from({ length: 49 }, (_, index) => index + 4); // field 4 holds 4, and so on
  expect(parseProcessStat(`77 (node (a) b) S ${numbers.join(' ')}`)).toEqual({
    cpuMs: (14 + 15 + 16 + 17) * 10,
    rssMiB: (24 * 4) / 1024,
  });
});
