import { err, ok, type Result } from '@souk/kit/domain';
import { z } from 'zod';
import type { OperationParams } from '../operations/operation-params.ts';

const PREFIX = 'sha256:';
const SHA256 = /^[0-9a-f]{64}$/;

/** The request extension `persistedQuery` of Apollo's protocol for automatic persisted queries. */
const persistedQuerySchema = z.object({ version: z.literal(1), sha256Hash: z.string().min(1) });

/**
 * The id of a persisted operation. Clients send it as `documentId` (GraphQL over HTTP, appendix "Persisted Documents") or as
 * `extensions.persistedQuery` (Apollo).
 * @returns null when there is no id, or an error when the id is malformed
 */
export function operationId({ documentId, extensions }: OperationParams): Result<string | null, string> {
  const hash = hashOf(extensions['persistedQuery']);
  if (!hash.ok) return hash;
  const document = documentId === null ? ok(null) : documentIdOf(documentId);
  if (!document.ok) return document;
  if (hash.value !== null && document.value !== null && hash.value !== document.value) {
    return err('`documentId` and `extensions.persistedQuery` name different operations: send one of them');
  }
  return ok(document.value ?? hash.value);
}

/** Whether an id is a SHA-256 hash in hexadecimal. */
export function isSha256(id: string): boolean {
  return SHA256.test(id);
}

function hashOf(value: unknown): Result<string | null, string> {
  if (value === undefined || value === null) return ok(null);
  const persistedQuery = persistedQuerySchema.safeParse(value);
  if (persistedQuery.success) return ok(persistedQuery.data.sha256Hash);
  return err('`extensions.persistedQuery` must look like {"version": 1, "sha256Hash": "..."}');
}

function documentIdOf(documentId: string): Result<string, string> {
  if (!documentId.startsWith(PREFIX)) return ok(documentId);
  const hash = documentId.slice(PREFIX.length);
  return isSha256(hash) ? ok(hash) : err('`documentId` must have 64 hexadecimal digits in lower case after "sha256:"');
}
