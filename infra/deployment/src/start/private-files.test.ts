import { chmodSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { makePrivateDataFolder } from './private-files.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);

test('only the owner may read a new data folder', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'souk-data-')), 'deep/.data');
  makePrivateDataFolder(folder);
  expect([modeOf(folder), modeOf(join(folder, 'logs'))]).toEqual(['700', '700']);
});

test('only the owner may read an existing data folder and its logs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'souk-data-'));
  mkdirSync(join(folder, 'logs'));
  const files = ['postgres.log', 'logs/souk.log', 'logs/gateway-1.log', 'logs/souk.log.1'].map((name) =>
    join(folder, name),
  );
  for (const file of files) writeFileSync(file, 'a customer');
  for (const path of [folder, join(folder, 'logs')]) chmodSync(path, 0o755);
  for (const file of files) chmodSync(file, 0o644);
  makePrivateDataFolder(folder);
  expect([folder, join(folder, 'logs')].map(modeOf)).toEqual(['700', '700']);
  expect(files.map(modeOf)).toEqual(['600', '600', '600', '600']);
});

test('a folder shared by all users stays unchanged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'souk-data-'));
  chmodSync(folder, 0o1777);
  makePrivateDataFolder(folder);
  expect([modeOf(folder), modeOf(join(folder, 'logs'))]).toEqual(['1777', '700']);
});
