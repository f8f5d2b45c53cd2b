import { types } from 'node:util';
import { ReplyError } from 'ioredis';

/**
 * Replies of a Redis that runs but cannot serve: it loads its data, is a read-only replica, is full, is busy with a script, or requires
 * another password. Older versions quote the reply within a script's error.
 */
const NOT_SERVING =
  /\b(LOADING|READONLY|OOM|MISCONF|BUSY|NOAUTH|WRONGPASS|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS)\b/;

/** Whether Redis understood a command and refused it. A retry would not help, and Redis itself serves. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ReplyError && error instanceof Error && !NOT_SERVING.test(error.message);
}

/** Whether the server is read-only, as a former master after a failover. Its host name may resolve to the new master. */
export function isReadOnly({ message }: Error): boolean {
  return /\bREADONLY\b/.test(message);
}

/**
 * The reason for the log. The error itself must not be logged: it contains its command with all arguments, including the password of
 * `AUTH`.
 */
export function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [error];
  // Not `instanceof`: Node itself creates the errors of TLS.
  const message = types.isNativeError(first) ? first.message : 'it failed';
  return message.replace(/, with args beginning with.*/s, '');
}
