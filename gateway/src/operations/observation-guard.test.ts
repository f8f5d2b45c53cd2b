import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import type { ReadyOperation } from '../execution/operation.ts';
import type { OperationCall } from './operation-call.ts';
import { observationGuard, type ObservedOperation } from './observation-guard.ts';

const KNOWN = 'query ProductList { products { id } }';

async function observe(text: string, errors = false) {
  const told: ObservedOperation[] = [];
  const guard = observationGuard({ has: (body) => body === KNOWN }, (operation) => told.push(operation));
  // What the guard reads of them.
  const ready = { request: { document: parse(text) } } as ReadyOperation;
  const admission = await guard(ready, {} as OperationCall);
  if (!admission.ok) throw new Error('it refused');
  await admission.value.onAnswer?.(errors ? { errors: [] } : { data: {} });
  return told;
}

test('a persisted operation is told of by its name', async () => {
  expect(await observe(KNOWN)).toEqual([{ name: 'ProductList', seconds: expect.any(Number), hasErrors: false }]);
});

test('an operation that a client made up has no name, whatever it calls it', async () => {
  expect(await observe('query ProductList { products { name } }', true)).toMatchObject([
    { name: null, hasErrors: true },
  ]);
});
