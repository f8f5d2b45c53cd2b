import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ManagedProcess } from './managed-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-managed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, code: string, endWithinMs?: number): ManagedProcess {
  const logFile = join(folder, name);
  return new ManagedProcess({
    name,
    command: process.execPath,
    args: ['-e', `${code}; setInterval(() => {}, 1000); console.log('serves')`],
    variables: {},
    logFile,
    linked: false,
    isServing: async () => readFileSync(logFile, 'utf8').includes('serves'),
    ...(endWithinMs !== undefined && { endWithinMs }),
  });
}

test('a frozen process is killed when it does not end in time', async () => {
  const frozen = program('frozen', '', 200);
  await frozen.start();
  frozen.signal('SIGSTOP');
  expect(await frozen.stop()).toBeNull();
});

test('a process that ends in time keeps its own exit code', async () => {
  const steady = program('steady', "process.on('SIGTERM', () => process.exit(3))");
  await steady.start();
  expect(await steady.stop()).toBe(3);
});

test('only the owner may read the log of a process', async () => {
  const printing = program('printing', '');
  await printing.start();
  expect(statSync(join(folder, 'printing')).mode & 0o777).toBe(0o600);
  await printing.stop();
});
