import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { builtStamp, sourceFiles, sourcesStamp, stampFile } from '../../bootstrap/sources.mjs';

let root: string;

function write(file: string, text: string): void {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'souk-sources-'));
  const files = ['.swcrc', 'infra/launcher/build.mjs', 'infra/all-in-one/src/main.ts', 'gateway/src/index.ts'];
  for (const file of [...files, 'subgraphs/catalog/src/product/product.ts']) write(file, '');
});

test('the stamp stays the same while no source changes', () => {
  expect(sourcesStamp(root)).toBe(sourcesStamp(root));
});

test.each(['subgraphs/catalog/src/product/product.ts', '.swcrc'])('a change of %s changes the stamp', (file) => {
  const before = sourcesStamp(root);
  write(file, 'changed');
  expect(sourcesStamp(root)).not.toBe(before);
});

test('a touched, a new and a removed source change the stamp, a test does not', () => {
  const stamps = [sourcesStamp(root)];
  const next = () => stamps.push(sourcesStamp(root));
  utimesSync(join(root, 'gateway/src/index.ts'), 1, 1);
  next();
  write('gateway/src/new.ts', '');
  next();
  rmSync(join(root, 'gateway/src/index.ts'));
  next();
  expect(new Set(stamps).size).toBe(4);
  write('gateway/src/new.test.ts', '');
  expect(sourcesStamp(root)).toBe(stamps.at(-1));
});

test('files that are not TypeScript are sources too', () => {
  write('subgraphs/catalog/src/search/search.sql', 'select 1');
  expect(sourceFiles(root, 'subgraphs/catalog')).toEqual(['src/product/product.ts', 'src/search/search.sql']);
});

test('a build counts only while every package has its dist', () => {
  for (const folder of ['gateway', 'subgraphs/catalog', 'infra/all-in-one']) write(`${folder}/dist/index.js`, '');
  expect(builtStamp(root)).toBeNull();
  writeFileSync(stampFile(root), 'stamp');
  expect(builtStamp(root)).toBe('stamp');
  rmSync(join(root, 'gateway/dist'), { recursive: true });
  expect(builtStamp(root)).toBeNull();
});
