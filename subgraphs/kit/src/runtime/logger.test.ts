import { expect, test } from '@jest/globals';
import { createLogger } from './logger.ts';

function logged(entry: object): unknown {
  const lines: string[] = [];
  createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } }).warn(entry, 'it happened');
  return JSON.parse(lines.join(''));
}

test('an error is logged with its message and stack', () => {
  const error = new Error('connection refused');
  expect(logged({ error })).toMatchObject({
    msg: 'it happened',
    error: { type: 'Error', message: 'connection refused', stack: expect.stringContaining('logger.test.ts') },
  });
});

test('an error that is plain data is logged as it is', () => {
  expect(logged({ error: { code: 'DECLINED' } })).toMatchObject({ error: { code: 'DECLINED' } });
});

test('tokens and passwords are redacted from the log', () => {
  expect(
    JSON.stringify(logged({ password: 'one', input: { token: 'two', headers: { authorization: 'three' } } })),
  ).not.toMatch(/one|two|three/);
});

test.each(['error', 'err'])('long texts of the logged %s are truncated', (name) => {
  const entry = logged({ [name]: new Error(`insert into cart values (${'x'.repeat(1024 * 1024)})`) });
  expect(JSON.stringify(entry).length).toBeLessThan(20_000);
  expect(entry).toMatchObject({
    [name]: { message: expect.stringMatching(/^insert into cart .* \(10\d{5} characters\)$/) },
  });
});

test.each(['gone', 7, undefined])('an error that is %p is logged as it is', (error) => {
  expect((logged({ error }) as { error?: unknown }).error).toBe(error);
});
