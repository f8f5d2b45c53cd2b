import { expect, test } from '@jest/globals';
import { createLogger } from './logger.ts';

function logged(entry: object): unknown {
  const lines: string[] = [];
  createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } }).warn(entry, 'it happened');
  return JSON.parse(lines.join(''));
}

test('an error is logged with its message and where it came from', () => {
  const error = new Error('connection refused');
  expect(logged({ error })).toMatchObject({
    msg: 'it happened',
    error: { type: 'Error', message: 'connection refused', stack: expect.stringContaining('logger.test.ts') },
  });
});

test('an error that is plain data is logged as it is', () => {
  expect(logged({ error: { code: 'DECLINED' } })).toMatchObject({ error: { code: 'DECLINED' } });
});

test('tokens and passwords do not get into the log', () => {
  expect(
    JSON.stringify(logged({ password: 'one', input: { token: 'two', headers: { authorization: 'three' } } })),
  ).not.toMatch(/one|two|three/);
});
