import { appendFileSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { rotateLogs } from './log-rotation.ts';

const LIMITS = { maxBytes: 10, kept: 2 };

function folder(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'souk-logs-'));
  mkdirSync(join(dataDir, 'logs'));
  return dataDir;
}

test('a log that is too large is rotated, and its writer continues at the start of the file', () => {
  const dataDir = folder();
  const file = join(dataDir, 'logs/souk.log');
  const writer = openSync(file, 'a');
  writeSync(writer, 'a long first line\n');
  rotateLogs(dataDir, LIMITS);
  writeSync(writer, 'next\n');
  expect([readFileSync(file, 'utf8'), readFileSync(`${file}.1`, 'utf8')]).toEqual(['next\n', 'a long first line\n']);
});

test('the configured number of rotated files is kept, the newest first', () => {
  const dataDir = folder();
  const file = join(dataDir, 'postgres.log');
  for (const line of ['first large line', 'second large line', 'third large line']) {
    appendFileSync(file, line);
    rotateLogs(dataDir, LIMITS);
  }
  expect(readdirSync(dataDir).toSorted()).toEqual(['logs', 'postgres.log', 'postgres.log.1', 'postgres.log.2']);
  expect(readFileSync(`${file}.1`, 'utf8')).toBe('third large line');
  expect(readFileSync(`${file}.2`, 'utf8')).toBe('second large line');
});

test('small logs and other files stay unchanged', () => {
  const dataDir = folder();
  appendFileSync(join(dataDir, 'logs/souk.log'), 'small');
  appendFileSync(join(dataDir, 'secrets.json'), 'larger than a log may be');
  rotateLogs(dataDir, LIMITS);
  expect(readFileSync(join(dataDir, 'logs/souk.log'), 'utf8')).toBe('small');
  expect(readdirSync(dataDir).toSorted()).toEqual(['logs', 'secrets.json']);
});
