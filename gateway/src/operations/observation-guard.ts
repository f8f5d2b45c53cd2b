import { ok } from '@souk/kit/domain';
import { getOperationAST, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import type { Guard } from './guard.ts';

/** A query or a mutation that was run. */
export interface ObservedOperation {
  /** Of a persisted operation; null for any other, because clients call theirs what they like, and metrics must stay few. */
  readonly name: string | null;
  /** From its admission to its answer. */
  readonly seconds: number;
  /** Refused: its errors say what the caller did, or may not do. Error: a part of Souk failed, or did not answer. */
  readonly outcome: 'ok' | 'refused' | 'error';
}

/** Knows which texts are persisted operations. */
export interface KnownOperations {
  has(text: string): boolean;
}

/** Tells of every operation that was run. It refuses none, so that it stands last. */
export function observationGuard(persisted: KnownOperations, tell: (operation: ObservedOperation) => void): Guard {
  const names = new WeakMap<DocumentNode, string | null>();
  const nameOf = (document: DocumentNode) => {
    const known = names.get(document);
    if (known !== undefined) return known;
    const text = document.loc?.source.body;
    const name = text !== undefined && persisted.has(text) ? (getOperationAST(document)?.name?.value ?? null) : null;
    names.set(document, name);
    return name;
  };
  return ({ request }) => {
    const startedMs = performance.now();
    return ok({
      onAnswer: ({ errors }) =>
        tell({
          name: nameOf(request.document),
          seconds: (performance.now() - startedMs) / 1000,
          outcome: outcomeOf(errors),
        }),
    });
  };
}

/** Of errors that are presented: these are the ones that no caller can do anything about. */
const FAILURES: readonly unknown[] = ['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'DATABASE_UNAVAILABLE'];

function outcomeOf(
  errors: readonly Pick<GraphQLFormattedError, 'extensions'>[] | undefined,
): ObservedOperation['outcome'] {
  if (!errors) return 'ok';
  return errors.some(({ extensions }) => FAILURES.includes(extensions?.['code'])) ? 'error' : 'refused';
}
