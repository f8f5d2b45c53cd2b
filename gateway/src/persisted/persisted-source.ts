import { hash } from 'node:crypto';
import { err, ok, type Result } from '@souk/kit/domain';
import type { GraphQLError } from 'graphql';
import type { OperationCall } from '../operations/operation-call.ts';
import type { OperationSource } from '../operations/operation-source.ts';
import type { AutomaticOperations } from './automatic-operations.ts';
import { isSha256, operationId } from './operation-reference.ts';
import {
  badReference,
  noSuchOperation,
  otherOperation,
  persistedOperationRequired,
  persistedQueryNotFound,
  persistedQueryNotSupported,
} from './persisted-errors.ts';
import type { PersistedOperations } from './persisted-operations.ts';

/** Whether a caller may send `any` operation, or only the `persisted` operations of the manifest. */
export type Acceptance = 'any' | 'persisted';

export interface PersistedSourceDependencies {
  readonly persisted: PersistedOperations;
  /** The store of automatic persisted queries. When null, operation texts are not stored. */
  readonly automatic: AutomaticOperations | null;
  readonly accept: (call: OperationCall) => Acceptance;
}

type Found = Result<string, GraphQLError>;

/** Finds operations by their ids, and accepts the texts that the caller may send. */
export function persistedSource({ persisted, automatic, accept }: PersistedSourceDependencies): OperationSource {
  /** The exact text of a persisted operation is accepted too, because older clients send texts instead of ids. */
  const takeText = (text: string, call: OperationCall): Found =>
    persisted.has(text) || accept(call) === 'any' ? ok(text) : err(persistedOperationRequired());

  const takeId = (id: string, call: OperationCall): Found | Promise<Found> => {
    if (accept(call) === 'persisted' || !automatic) return err(persistedQueryNotSupported());
    if (!isSha256(id)) return err(noSuchOperation(id));
    const known = automatic.get(id);
    return known instanceof Promise ? known.then(foundOf) : foundOf(known);
  };

  const takeBoth = async (id: string, text: string, call: OperationCall): Promise<Found> => {
    if (hash('sha256', text) !== id) return err(otherOperation());
    const taken = takeText(text, call);
    if (taken.ok && !persisted.has(text)) await automatic?.set(id, text);
    return taken;
  };

  return (params, call) => {
    const { query } = params;
    const id = operationId(params);
    if (!id.ok) return err(badReference(id.error));
    if (id.value === null) return query === null ? err(badReference(NOTHING)) : takeText(query, call);
    const listed = persisted.get(id.value);
    if (listed !== null) return query === null || query === listed ? ok(listed) : err(otherOperation());
    return query === null ? takeId(id.value, call) : takeBoth(id.value, query, call);
  };
}

const NOTHING = 'Send an operation: its text as `query`, or its id as `documentId` or `extensions.persistedQuery`';

function foundOf(text: string | null): Found {
  return text === null ? err(persistedQueryNotFound()) : ok(text);
}
