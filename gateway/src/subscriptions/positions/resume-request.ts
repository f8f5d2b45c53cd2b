import { err, ok, type Result } from '@souk/kit/domain';
import { PositionLostError } from '@souk/kit/messaging';
import { GraphQLError } from 'graphql';
import type { OperationParams } from '../../operations/operation-params.ts';

/** The position after which the client resumes a subscription. Null for a subscription that begins now. */
export function resumeAfterOf({ extensions }: OperationParams): Result<string | null, GraphQLError> {
  const { resumeAfter } = extensions;
  if (resumeAfter === undefined || resumeAfter === null) return ok(null);
  if (typeof resumeAfter === 'string') return ok(resumeAfter);
  const message =
    '`extensions.resumeAfter` must be the `extensions.position` of an answer: leave it out, or send that text';
  return err(new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } }));
}

/** Whether the client requests checkpoints. Other clients receive none, because they may not support messages without data. */
export function wantsCheckpoints({ extensions }: OperationParams): boolean {
  return extensions['resumable'] === true || typeof extensions['resumeAfter'] === 'string';
}

/** Whether checkpoints are dispatched as events. An `EventSource` needs only their ids, which browsers store without an event. */
export function showsCheckpoints({ extensions }: OperationParams): boolean {
  return extensions['resumable'] === true;
}

/** The error for a position that is too old, belongs to another subscription, or is forged. */
export function positionLost(): GraphQLError {
  const lost = new PositionLostError();
  return new GraphQLError(lost.message, { extensions: lost.extensions });
}

/** Whether the error reports a lost position. */
export function isPositionLost({ extensions }: GraphQLError): boolean {
  return extensions['code'] === LOST;
}

const LOST = new PositionLostError().extensions.code;
