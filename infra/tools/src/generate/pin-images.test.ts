import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ROOT } from './generated-file.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-compose-'));
  mkdirSync(join(folder, 'bin'));
  for (const name of ['pin-images.mjs', 'compose.yaml']) cpSync(join(ROOT, 'infra/compose', name), join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script with a fake `docker` that prints `answer`. */
function pin(answer: string) {
  writeFileSync(join(folder, 'bin/docker'), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  const PATH = `${join(folder, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`;
  return spawnSync(process.execPath, [join(folder, 'pin-images.mjs')], { env: { PATH }, encoding: 'utf8' });
}

test('every image of another project is pinned, and other variables of the file stay', () => {
  writeFileSync(join(folder, '.env'), 'INVENTORY_SWEEP_EVERY_MS=500\nREDIS_IMAGE=redis@sha256:old\n');
  expect(pin(DIGEST).status).toBe(0);
  const lines = readFileSync(join(folder, '.env'), 'utf8').trim().split('\n');
  const images = [...readFileSync(join(folder, 'compose.yaml'), 'utf8').matchAll(/\$\{([A-Z_]+_IMAGE):-/g)];
  expect(lines.map((line) => line.split('=')[0])).toEqual([
    'INVENTORY_SWEEP_EVERY_MS',
    ...new Set(images.map(([, name]) => name)),
  ]);
  for (const line of lines.slice(1)) expect(line).toMatch(new RegExp(`^[A-Z_]+_IMAGE=[^:@]+@${DIGEST}$`));
});

test('nothing is written when the registry does not answer', () => {
  const { status, stderr } = pin('no such host');
  expect(status).toBe(1);
  expect(stderr).toContain('cannot be read, check the registry: no such host');
  expect(() => readFileSync(join(folder, '.env'))).toThrow('ENOENT');
});
