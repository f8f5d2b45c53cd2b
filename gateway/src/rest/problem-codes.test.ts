import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemAnchor, PROBLEM_CODES } from '../http/problem-codes.ts';
import { problemsPage } from './problems-page.ts';

/** Codes that occur in the gateway's code, but never in an answer of REST, each with the reason. */
const NOT_OF_REST: Readonly<Record<string, string>> = {
  ORIGIN_NOT_ALLOWED: 'of sockets',
  CSRF_PREVENTED: '/graphql',
  FIELD_NOT_RESOLVABLE: 'operations that the gateway was not tested with: those of REST are planned when it starts',
  NOT_FOUND: 'a code of user errors, in the table of routes',
  OPERATION_RESOLUTION_FAILURE: 'documents with several operations',
  PERSISTED_OPERATION_REQUIRED: 'operations that are not persisted',
  PERSISTED_QUERY_NOT_SUPPORTED: 'texts that come with their hash',
  SUBSCRIPTION_NEEDS_STREAM: 'subscriptions',
  TOO_MANY_OPERATIONS: 'sockets',
};

function codesInSources(): readonly string[] {
  const root = join(import.meta.dirname, '../..');
  const files = globSync('{src,engine/src}/**/*.ts', { cwd: root }).filter((file) => !/testing|\.test\./.test(file));
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'));
  const codes = texts.flatMap((text) =>
    [...text.matchAll(/(?:code: |\d{3}: |restProblem\(\s*\d{3},\s*|invalid\()'([A-Z]+(?:_[A-Z]+)*)'/g)].map(
      ([, code = '']) => code,
    ),
  );
  return [...new Set(codes)].toSorted();
}

test('every code that the gateway can answer with is explained on the page that its type links to', () => {
  const page = problemsPage({ refusals: {}, refusalTexts: {} });
  const codes = codesInSources();
  expect(codes).toEqual(
    expect.arrayContaining(['INVALID_BODY', 'ROUTE_NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'MISSING_FIELD']),
  );
  const unexplained = codes.filter((code) => !(code in NOT_OF_REST) && !page.includes(`id="${problemAnchor(code)}"`));
  expect(unexplained).toEqual([]);
});

test('every explained code is in use', () => {
  const codes = new Set(codesInSources());
  expect(Object.keys({ ...PROBLEM_CODES, ...NOT_OF_REST }).filter((code) => !codes.has(code))).toEqual([]);
});

test('codes of user errors are explained with the texts of the table', () => {
  const page = problemsPage({ refusals: { CART_EMPTY: 409 }, refusalTexts: { CART_EMPTY: 'Add a `line`.' } });
  expect(page).toMatch(
    /id="cart-empty">\s*<td>409<\/td>\s*<td><code>CART_EMPTY<\/code><\/td>\s*<td>Add a <code>line<\/code>\.<\/td>/,
  );
});
