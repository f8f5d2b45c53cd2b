import type { OperationDocument } from './operation-document.ts';

type AnyDocument = OperationDocument<'query' | 'mutation', unknown, never>;

/**
 * Adds an idempotency key to the variables of a mutation that accepts one. A key that the caller set is kept.
 * @param newKey returns a unique key.
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

/** Returns 16 random bytes in hexadecimal. `crypto.randomUUID` is absent on pages without TLS. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
