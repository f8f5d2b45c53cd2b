import { ok } from '@souk/kit/domain';
import { getOperationAST, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import type { Guard } from './guard.ts';

/** A query or a mutation that ran. */
export interface ObservedOperation {
  /** The name of a persisted operation, for a metric label. Null for other operations, because clients could choose any number of names. */
  readonly name: string | null;
  /** The time from the admission of the operation to its answer. */
  readonly seconds: number;
  /** `refused` when the errors describe the caller's mistake or missing rights, `error` when a part of Souk failed or did not answer. */
  readonly outcome: 'ok' | 'refused' | 'error';
}

/** Recognizes the operation texts of persisted operations. */
export interface KnownOperations {
  has(text: string): boolean;
}

/** Reports every operation that ran. Never refuses an operation. Must be the last guard, because a later guard could still refuse. */
export function observationGuard(persisted: KnownOperations, report: (operation: ObservedOperation) => void): Guard {
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
        report({
          name: nameOf(request.document),
          seconds: (performance.now() - startedMs) / 1000,
          outcome: outcomeOf(errors),
        }),
    });
  };
}

/** Error codes that a caller cannot correct. */
const FAILURES: readonly unknown[] = ['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'DATABASE_UNAVAILABLE'];

function outcomeOf(
  errors: readonly Pick<GraphQLFormattedError, 'extensions'>[] | undefined,
): ObservedOperation['outcome'] {
  if (!errors) return 'ok';
  return errors.some(({ extensions }) => FAILURES.includes(extensions?.['code'])) ? 'error' : 'refused';
}
