import { types } from 'node:util';
import { ReplyError } from 'ioredis';

/**
 * What Redis answers while it is there and cannot do what it is for: it loads its data, is a replica that takes no writes, is full, is
 * busy with a script, or wants another password. Older ones quote it within an error of a script.
 */
const NOT_SERVING =
  /\b(LOADING|READONLY|OOM|MISCONF|BUSY|NOAUTH|WRONGPASS|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS)\b/;

/** Whether Redis understood a command and refused it: asking again would not help, and Redis is there. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ReplyError && error instanceof Error && !NOT_SERVING.test(error.message);
}

/** Whether the server must not be written to, as a former master after a failover: its name may lead to the new one. */
export function isReadOnly({ message }: Error): boolean {
  return /\bREADONLY\b/.test(message);
}

/**
 * The reason in words that may stand in a log. An error itself may not: it carries its command with all arguments, a password of
 * `AUTH` among them.
 */
export function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [error];
  // Not by `instanceof`: errors of TLS are made by Node itself.
  const message = types.isNativeError(first) ? first.message : 'it failed';
  return message.replace(/, with args beginning with.*/s, '');
}
