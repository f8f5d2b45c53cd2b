import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { deniedErrors } from '../authorization/denied-errors.ts';
import type { ReadyOperation } from '../execution/operation.ts';
import { answerSurprise } from '../execution/subgraph-errors.ts';
import type { AdmittedOperation } from '../operations/operation-pipeline.ts';
import { EventAnswers } from './event-answers.ts';
import { SharedStreams } from './shared-streams.ts';
import { subscriptionKey } from './subscription-key.ts';

/** What subscriptions need. */
export interface FederatedSubscriptionsParts {
  readonly logger: FastifyBaseLogger;
  /** How many answers may wait for one subscriber before it is dropped. */
  readonly waitingAnswers: number;
}

/**
 * Subscriptions over several subgraphs: the events come from one of them, the rest of each answer from the others. Equal
 * subscribers share the events and the answers.
 */
export class FederatedSubscriptions {
  readonly #parts: FederatedSubscriptionsParts;
  readonly #streams: SharedStreams<ExecutionResult>;

  constructor(parts: FederatedSubscriptionsParts) {
    this.#parts = parts;
    this.#streams = new SharedStreams<ExecutionResult>({
      capacity: parts.waitingAnswers,
      overflow: () => ({ errors: [tooSlow()] }),
    });
  }

  /** How many subscriptions are open in the subgraphs. */
  get upstreams(): number {
    return this.#streams.size;
  }

  /** The answers, one an event; or the one answer that refuses. Never throws. */
  async subscribe(admitted: AdmittedOperation): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const { ready } = admitted;
    try {
      const refused = rootDenials(ready);
      return refused.length > 0 ? { errors: refused } : await this.#join(admitted);
    } catch (error) {
      return answerSurprise(error, { service: null, context: ready.request.context, logger: this.#parts.logger });
    }
  }

  async #join({ ready, engine }: AdmittedOperation): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const { node } = ready.planned.plan;
    if (node?.kind !== 'Subscription') return { errors: [notASubscription()] };
    const source = new EventAnswers({ ...engine, logger: this.#parts.logger }, ready, node);
    const joined = await this.#streams.join(subscriptionKey(ready, engine), source);
    return 'refusal' in joined ? joined.refusal : joined;
  }
}

/** Without its root field there is nothing to subscribe to; denied fields within are null in every answer. */
function rootDenials({ planned, request, coerced }: ReadyOperation): readonly GraphQLError[] {
  const roots = planned.denied.filter(({ path }) => path.length === 1);
  return deniedErrors(roots, request.context.actor, coerced);
}

function notASubscription(): GraphQLError {
  return new GraphQLError('This operation has no events to subscribe to', { extensions: { code: 'BAD_REQUEST' } });
}

function tooSlow(): GraphQLError {
  return new GraphQLError('You read more slowly than events come: subscribe again, and read the present state first', {
    extensions: { code: 'SUBSCRIBER_TOO_SLOW' },
  });
}
