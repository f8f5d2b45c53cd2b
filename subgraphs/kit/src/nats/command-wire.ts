import { headers, type Msg, type MsgHdrs } from 'nats';

/** Milliseconds since 1970. Absolute, so that a process that was frozen sees that nobody waits any more; clocks must agree to a second. */
const DEADLINE = 'Souk-Deadline';
const CONTEXT = 'Souk-Context';
const ERROR = 'Souk-Error';

/** Why a command was not answered with a reply. What is expected to be refused is part of the reply instead. */
export type CommandErrorCode =
  /** The request does not match the contract: the two sides were built from different ones. */
  | 'BAD_REQUEST'
  /** The caller is nobody that the answering side trusts. */
  | 'UNTRUSTED'
  /** Its time was over before it was begun. */
  | 'EXPIRED'
  /** It failed unexpectedly; the answering side has logged why. */
  | 'FAILED'
  /** No process answers this command. */
  | 'NO_RESPONDERS'
  /** Not in time. Whether it was carried out is not known. */
  | 'TIMEOUT'
  /** NATS is not connected. */
  | 'DISCONNECTED';

/** The cause of a CommandUnavailableError. */
export class CommandError extends Error {
  constructor(
    readonly code: CommandErrorCode,
    options?: ErrorOptions,
  ) {
    super(`The command was not answered: ${code}`, options);
    this.name = 'CommandError';
  }
}

const ANSWERED_CODES: readonly string[] = [
  'BAD_REQUEST',
  'UNTRUSTED',
  'EXPIRED',
  'FAILED',
] satisfies CommandErrorCode[];

/** What travels beside a request. */
export interface RequestHead {
  readonly deadlineMs: number;
  /** The sealed context of the caller. */
  readonly context: string;
}

export function requestHeaders({ deadlineMs, context }: RequestHead): MsgHdrs {
  const head = headers();
  head.set(DEADLINE, String(deadlineMs));
  head.set(CONTEXT, context);
  return head;
}

/** @returns null when something is missing. */
export function requestHead(message: Pick<Msg, 'headers'>): RequestHead | null {
  const deadlineMs = Number(message.headers?.get(DEADLINE));
  const context = message.headers?.get(CONTEXT);
  return deadlineMs > 0 && context ? { deadlineMs, context } : null;
}

export function errorHeaders(code: CommandErrorCode): MsgHdrs {
  const head = headers();
  head.set(ERROR, code);
  return head;
}

/** The reply that a message carries. @throws CommandError when it carries none. */
export function replyOf(message: Pick<Msg, 'headers' | 'json'>): unknown {
  const code = message.headers?.get(ERROR);
  if (code) throw new CommandError(isAnsweredCode(code) ? code : 'FAILED');
  return message.json();
}

function isAnsweredCode(code: string): code is CommandErrorCode {
  return ANSWERED_CODES.includes(code);
}
