import { err, ok, type Result } from '@souk/kit/domain';
import { PositionLostError } from '@souk/kit/messaging';
import { GraphQLError } from 'graphql';
import type { OperationParams } from '../../operations/operation-params.ts';

/** The position after which a subscription is to go on, as the client has it; null for one that begins now. */
export function resumeAfterOf({ extensions }: OperationParams): Result<string | null, GraphQLError> {
  const { resumeAfter } = extensions;
  if (resumeAfter === undefined || resumeAfter === null) return ok(null);
  if (typeof resumeAfter === 'string') return ok(resumeAfter);
  const message =
    '`extensions.resumeAfter` must be the `extensions.position` of an answer: leave it out, or send that text';
  return err(new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } }));
}

/** Whether the client wants to know positions besides those of answers: such messages have no data, which others may not expect. */
export function wantsMarks({ extensions }: OperationParams): boolean {
  return extensions['resumable'] === true || typeof extensions['resumeAfter'] === 'string';
}

/** Whether marks are dispatched on an event stream, where their ids alone serve an `EventSource`. */
export function showsMarks({ extensions }: OperationParams): boolean {
  return extensions['resumable'] === true;
}

/** What a client is told whose position is too old, of another subscription, or made up. */
export function positionLost(): GraphQLError {
  const lost = new PositionLostError();
  return new GraphQLError(lost.message, { extensions: lost.extensions });
}

/** Whether an error says so. */
export function isPositionLost({ extensions }: GraphQLError): boolean {
  return extensions['code'] === LOST;
}

const LOST = new PositionLostError().extensions.code;
