import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT } from '@souk/launcher/bootstrap';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';

// Two test files in a temporary folder, which Jest runs with this repository's configuration.

const HELPER = `import { expect } from '@jest/globals';
export const loaded: { by: string[] } = { by: [] };
export function expectOne(value: number): void {
  expect(value).toBe(1);
}
`;
const FIRST = `import { expect, jest, test } from '@jest/globals';
import { expectOne, loaded } from './helper.ts';

interface Held {
  readonly value: number;
}

loaded.by.push('first');
test('passes', () => expectOne(1));
test('fails', () => {
  const held: Held = { value: 2 };
  expectOne(held.value);
});
test('is left out', () => expect(1).toBe(2));
test('moves the time', () => {
  jest.useFakeTimers();
  let fired = false;
  setTimeout(() => (fired = true), 3_600_000);
  jest.advanceTimersByTime(3_600_000);
  expect(fired).toBe(true);
});
`;
const SECOND = `import { expect, test } from '@jest/globals';
import { loaded } from './helper.ts';

console.log('a line of the second file');
loaded.by.push('second');
test('passes', () => expect(loaded.by).toEqual(['first', 'second']));
`;

/** This repository's Jest configuration without its Postgres. */
const CONFIG = `import base from '${ROOT}/jest.config.mjs';

const [[files, [, swc]]] = Object.entries(base.transform);
export default {
  runtime: base.runtime.replace('<rootDir>', '${ROOT}'),
  testEnvironment: base.testEnvironment.replace('<rootDir>', '${ROOT}'),
  testEnvironmentOptions: base.testEnvironmentOptions,
  injectGlobals: base.injectGlobals,
  testMatch: ['<rootDir>/*.test.ts'],
  transform: { [files]: ['${ROOT}/node_modules/@swc/jest/index.js', swc] },
};
`;

let root: string;
let report: Report;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'souk-jest-'));
  const files = { 'jest.config.mjs': CONFIG, 'helper.ts': HELPER, 'a.test.ts': FIRST, 'b.test.ts': SECOND };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  report = await run('--runInBand', '--testNamePattern', 'passes|fails|moves');
});
afterAll(() => rmSync(root, { recursive: true }));

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly output: string;
}

async function run(...args: string[]): Promise<Report> {
  const file = join(root, 'report.json');
  const jest = [join(ROOT, 'node_modules/jest/bin/jest.js'), '--json', '--outputFile', file];
  const ended = promisify(execFile)(process.execPath, [...jest, '--config', join(root, 'jest.config.mjs'), ...args], {
    cwd: root,
  });
  const { stderr } = (await ended.catch((error: unknown) => error)) as { stderr: string };
  const { default: counts } = (await import(file, { with: { type: 'json' } })) as { default: Report };
  return { ...counts, output: stripVTControlCharacters(stderr) }; // printed in colour where CI is set
}

test('Jest counts the tests that passed, failed and were left out by their names', () => {
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = report;
  expect({ numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }).toEqual({
    numPassedTests: 3, // the second file found the helper as the first had left it: a worker loads a module once
    numFailedTests: 1,
    numPendingTests: 1,
    numRuntimeErrorTestSuites: 0,
  });
});

test('a failure names the lines of the TypeScript files', () => {
  expect(report.output).toContain('> 4 |   expect(value).toBe(1);');
  expect(report.output).toMatch(/\(helper\.ts:4:17\)\n.*\(a\.test\.ts:12:3\)/);
});

test('output of a test file is printed with its line', () => {
  expect(report.output).toMatch(/a line of the second file\s+at \S+ \(b\.test\.ts:4:9\)/);
});
