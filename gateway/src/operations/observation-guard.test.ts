import { expect, test } from '@jest/globals';
import { GraphQLError, parse } from 'graphql';
import type { ReadyOperation } from '@souk/engine/execution';
import type { OperationCall } from './operation-call.ts';
import { observationGuard, type ObservedOperation } from './observation-guard.ts';

const KNOWN = 'query ProductList { products { id } }';

async function observe(text: string, ...codes: readonly string[]) {
  const reported: ObservedOperation[] = [];
  const guard = observationGuard({ has: (body) => body === KNOWN }, (operation) => reported.push(operation));
  // The cast is safe, because the guard reads only the document.
  const ready = { request: { document: parse(text) } } as ReadyOperation;
  const admission = await guard(ready, {} as OperationCall);
  if (!admission.ok) throw new Error('it refused');
  const errors = codes.map((code) => new GraphQLError(code, { extensions: { code } }));
  await admission.value.onAnswer?.(errors.length > 0 ? { errors } : { data: {} }, new Set());
  return reported;
}

test('a persisted operation is reported with its name', async () => {
  expect(await observe(KNOWN)).toEqual([{ name: 'ProductList', seconds: expect.any(Number), outcome: 'ok' }]);
});

test('an operation that is not persisted is reported without a name', async () => {
  expect(await observe('query ProductList { products { name } }')).toMatchObject([{ name: null }]);
});

test("a caller's mistake is a refusal; a failure in Souk is an error", async () => {
  expect(await observe(KNOWN, 'FORBIDDEN', 'BAD_USER_INPUT')).toMatchObject([{ outcome: 'refused' }]);
  for (const code of ['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE']) {
    expect(await observe(KNOWN, 'FORBIDDEN', code)).toMatchObject([{ outcome: 'error' }]);
  }
});
