import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ensureBuilt, ROOT } from '@souk/launcher/bootstrap';
import { SUBGRAPH_NAMES } from '@souk/deployment/roster';
import { until } from '@souk/kit/testing';

const MAIN = join(ROOT, 'infra/processes/dist/main.js');
const QUIET = {
  say: () => undefined,
  step: async <Value>(_label: string, work: () => Value | Promise<Value>) => work(),
};

let folder: string;
beforeAll(async () => {
  await ensureBuilt(QUIET);
  folder = mkdtempSync(join(tmpdir(), 'souk-process-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(name: string, variables: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [MAIN, name], { env: variables, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (said.text += String(chunk)));
  const ended = once(child, 'exit').then(([code]: unknown[]) => code);
  return { child, said, ended };
}

function secret(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Starts a process that waits for NATS without a time limit. */
function runWaiting() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { format: 'pem', type: 'spki' },
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
  });
  const publicKeys = mkdtempSync(join(folder, 'public-keys-'));
  for (const name of SUBGRAPH_NAMES) writeFileSync(join(publicKeys, `${name}.pem`), publicKey);
  return run('payments', {
    DATABASE_URL: 'postgres://127.0.0.1:1/souk',
    DATABASE_APP_PASSWORD_FILE: secret('app', 'password'),
    DATABASE_RELAY_PASSWORD_FILE: secret('relay', 'password'),
    CONTEXT_PUBLIC_KEYS_FILE: secret('public', String(publicKey)),
    MESSAGE_KEY_FILE: secret('message', String(privateKey)),
    MESSAGE_PUBLIC_KEYS_DIR: publicKeys,
    NATS_URL: 'nats://127.0.0.1:1',
    PORT: '0',
  });
}

test('a process that waits for NATS logs this, and ends on SIGTERM', async () => {
  const { child, said, ended } = runWaiting();
  await until(() => said.text.includes('NATS does not answer yet'));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('a process ends when its launcher ends before the start is complete', async () => {
  const { child, ended } = runWaiting();
  child.disconnect();
  expect(await ended).toBe(0);
});

test('an unknown process is reported with the known ones', async () => {
  const { said, ended } = run('order');
  expect(await ended).toBe(1);
  expect(said.text).toContain('Unknown process "order". Name the process to start: npm run serve -- gateway|catalog|');
});
