import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError } from 'graphql';
import { deniedErrors } from '@souk/engine/authorization';
import type { ReadyOperation } from '@souk/engine/execution';
import { unexpectedFailure } from '@souk/engine/subgraphs';
import type { AdmittedOperation } from '../operations/operation-pipeline.ts';
import { EventAnswers } from './event-answers.ts';
import type { PositionSeal } from './positions/position-seal.ts';
import { positionLost } from './positions/resume-request.ts';
import { SharedAnswer } from './shared-answer.ts';
import type { StreamReader } from './shared-stream.ts';
import { SharedStreams } from './shared-streams.ts';
import { subscriptionKey } from './subscription-key.ts';

/**
 * Subscriptions over several subgraphs. One subgraph delivers the events. The other subgraphs add their fields to each
 * event. Equal subscribers share the events and the answers.
 */
export class FederatedSubscriptions {
  readonly #logger: FastifyBaseLogger;
  readonly #seal: PositionSeal;
  readonly #streams = new SharedStreams<SharedAnswer>();

  /** @param seal encrypts the positions that clients receive */
  constructor(logger: FastifyBaseLogger, seal: PositionSeal) {
    this.#logger = logger;
    this.#seal = seal;
  }

  /** The number of subscriptions that are open in the subgraphs. */
  get upstreams(): number {
    return this.#streams.size;
  }

  /**
   * Delivers one answer per event, and checkpoints. Begins with new events, or after the client's last position. A refused subscription
   * delivers one answer with errors. Never throws.
   * @returns a function that ends the subscription
   */
  join(admitted: AdmittedOperation, reader: StreamReader<SharedAnswer>, resumeAfter: string | null = null): () => void {
    const { ready } = admitted;
    const refused = rootDenials(ready);
    if (refused.length > 0) return refuse(reader, new SharedAnswer({ errors: refused }));
    try {
      return this.#join(admitted, reader, resumeAfter);
    } catch (error) {
      const origin = { service: null, context: ready.request.context, logger: this.#logger };
      return refuse(reader, new SharedAnswer(unexpectedFailure(error, origin)));
    }
  }

  #join(
    { ready, engine }: AdmittedOperation,
    reader: StreamReader<SharedAnswer>,
    resumeAfter: string | null,
  ): () => void {
    const { node } = ready.planned.plan;
    if (node?.kind !== 'Subscription') return refuse(reader, new SharedAnswer({ errors: [notASubscription()] }));
    const after = resumeAfter === null ? null : this.#seal.open(node.primary.serviceName, resumeAfter);
    if (resumeAfter !== null && !after) return refuse(reader, new SharedAnswer({ errors: [positionLost()] }));
    const source = () => new EventAnswers({ ...engine, seal: this.#seal, logger: this.#logger }, ready, node);
    return this.#streams.join(subscriptionKey(ready, engine), source, reader, after);
  }
}

function refuse(reader: StreamReader<SharedAnswer>, answer: SharedAnswer): () => void {
  reader.next(answer);
  reader.end();
  return () => undefined;
}

/**
 * The errors that deny the root field. Such a subscription is refused, because it could not deliver events. A denied field below the root
 * field is null in every answer.
 */
function rootDenials({ planned, request, coerced }: ReadyOperation): readonly GraphQLError[] {
  const roots = planned.denied.filter(({ path }) => path.length === 1);
  return deniedErrors(roots, request.context.actor, coerced);
}

function notASubscription(): GraphQLError {
  return new GraphQLError('This operation has no events to subscribe to', { extensions: { code: 'BAD_REQUEST' } });
}
