import { types } from 'node:util';
import { ReplyError } from 'ioredis';

/**
 * Replies of a Redis that runs but cannot serve. Such a Redis loads its data, is a read-only replica, is full, is busy
 * with a script, or requires another password. Older versions of Redis include the reply in the error of a script.
 */
const NOT_SERVING =
  /\b(LOADING|READONLY|OOM|MISCONF|BUSY|NOAUTH|WRONGPASS|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS)\b/;

/** Whether Redis read a command and refused it. A retry would fail again, and the refusal is not an outage. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ReplyError && error instanceof Error && !NOT_SERVING.test(error.message);
}

/**
 * Whether the server is read-only, as a former master is after a failover. The host name may resolve to the new master when the client
 * connects again.
 */
export function isReadOnly({ message }: Error): boolean {
  return /\bREADONLY\b/.test(message);
}

/**
 * The reason of an error, for the log. The error itself must not be logged, because it contains the command with its arguments, including
 * the password of `AUTH`.
 */
export function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [error];
  // `instanceof Error` can be false for TLS errors, because Node's internal code creates them.
  const message = types.isNativeError(first) ? first.message : 'it failed';
  return message.replace(/, with args beginning with.*/s, '');
}
