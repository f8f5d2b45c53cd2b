import type { OperationDocument } from './operation-document.ts';

type AnyDocument = OperationDocument<'query' | 'mutation', unknown, never>;

/**
 * Adds an idempotency key to the variables of a mutation that takes one. A caller's own key stays.
 * @param newKey makes a key that no other call has.
 */
export function withIdempotencyKey({ keyIn }: AnyDocument, variables: object, newKey: () => string): object {
  if (keyIn === 'variables') return keyed(variables, newKey);
  if (keyIn !== 'input' || !('input' in variables)) return variables;
  return { ...variables, input: keyed(variables.input ?? {}, newKey) };
}

function keyed(fields: object, newKey: () => string): object {
  const own = 'idempotencyKey' in fields ? fields.idempotencyKey : null;
  return { ...fields, idempotencyKey: own ?? newKey() };
}

const KEY_BYTES = 16;

/** Makes a random key. `crypto.randomUUID` is absent from pages without TLS. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
