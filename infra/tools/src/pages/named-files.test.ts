import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const ROOT = new URL('../../../../', import.meta.url).pathname;
const PAGES = globSync(['*.md', 'docs/**/*.md', '{gateway,subgraphs/*,clients/*,infra/*}/*.md'], { cwd: ROOT });
/** Matches the path of a file in inline code, relative to the repository root. Glob patterns do not match. */
const NAMED = /`((?:clients|docs|gateway|infra|subgraphs)\/[\w./-]+\.\w+)`/g;
/** Matches files that only a build, an installation or a deployment creates. */
const MADE_LATER = /\/dist\/|\/secrets\/|\/node_modules\/|\/\.env$/;

test('a page names files that exist', () => {
  const missing = PAGES.flatMap((page) =>
    [...readFileSync(`${ROOT}${page}`, 'utf8').matchAll(NAMED)]
      .map(([, path = '']) => path)
      .filter((path) => !MADE_LATER.test(path) && !existsSync(`${ROOT}${path}`))
      .map((path) => `${page}: ${path}`),
  );
  expect(missing).toEqual([]);
});

test('the pages of the repository are found', () => {
  expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md', 'gateway/README.md']));
});
