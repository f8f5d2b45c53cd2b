import { headers, type Msg, type MsgHdrs } from 'nats';

/**
 * Header with the deadline of a request, in milliseconds since 1970. The time is absolute, so a process that was frozen recognizes expired
 * requests. Clocks must agree within 1 s.
 */
const DEADLINE = 'Souk-Deadline';
const SEAL = 'Souk-Seal';
/** Header with the context, in commands from and to an earlier version of Souk without sealed commands. */
const CONTEXT = 'Souk-Context';
const SIGNATURE = 'Souk-Signature';
const ERROR = 'Souk-Error';

/** The reason why a command got no value. An expected refusal is not in this list, because it is part of a reply. */
export type CommandErrorCode =
  /** The request does not match the contract. The two processes were built from different contracts. */
  | 'BAD_REQUEST'
  /** The process that handles the command does not trust the caller, or the caller does not trust the reply. */
  | 'UNTRUSTED'
  /** The deadline passed before the handler began. */
  | 'EXPIRED'
  /** The handler failed unexpectedly. Its process has logged the cause. */
  | 'FAILED'
  /** No process handles this command. */
  | 'NO_RESPONDERS'
  /** No reply arrived before the deadline. The command may have been carried out. */
  | 'TIMEOUT'
  /** There is no connection to NATS. */
  | 'DISCONNECTED';

/** The cause of a CommandUnavailableError. */
export class CommandError extends Error {
  constructor(
    readonly code: CommandErrorCode,
    options?: ErrorOptions,
  ) {
    super(`The command got no reply: ${code}`, options);
    this.name = 'CommandError';
  }
}

const ANSWERED_CODES: readonly string[] = [
  'BAD_REQUEST',
  'UNTRUSTED',
  'EXPIRED',
  'FAILED',
] satisfies CommandErrorCode[];

export interface RequestHead {
  readonly deadlineMs: number;
  /** Proves the sender, the caller and the body. Null for a process of an earlier version without sealed commands. */
  readonly seal: string | null;
  /** The caller, for a process of an earlier version without sealed commands. Null otherwise. */
  readonly context: string | null;
}

export function requestHeaders({ deadlineMs, seal, context }: RequestHead): MsgHdrs {
  const head = headers();
  head.set(DEADLINE, String(deadlineMs));
  if (seal !== null) head.set(SEAL, seal);
  if (context !== null) head.set(CONTEXT, context);
  return head;
}

/** Reads the headers of a request. Null when the deadline is missing, or when seal and context are both missing. */
export function requestHead(message: Pick<Msg, 'headers'>): RequestHead | null {
  const deadlineMs = Number(message.headers?.get(DEADLINE));
  const seal = message.headers?.get(SEAL) || null;
  const context = message.headers?.get(CONTEXT) || null;
  return deadlineMs > 0 && (seal ?? context) !== null ? { deadlineMs, seal, context } : null;
}

/** The error code and the signature of a reply. */
export interface ReplyHead {
  /** The error code. Null for a reply with a value. */
  readonly errorCode: string | null;
  /** The signature. Null for a process of an earlier version without signed replies. */
  readonly signature: string | null;
}

export function replyHeaders({ errorCode, signature }: ReplyHead): MsgHdrs {
  const head = headers();
  if (errorCode !== null) head.set(ERROR, errorCode);
  if (signature !== null) head.set(SIGNATURE, signature);
  return head;
}

export function replyHead(message: Pick<Msg, 'headers'>): ReplyHead {
  return { errorCode: message.headers?.get(ERROR) || null, signature: message.headers?.get(SIGNATURE) || null };
}

/**
 * The value of a reply.
 * @throws CommandError when the reply has an error code
 */
export function valueOf(message: Pick<Msg, 'json'>, { errorCode }: ReplyHead): unknown {
  if (errorCode !== null) throw new CommandError(isAnsweredCode(errorCode) ? errorCode : 'FAILED');
  return message.json();
}

function isAnsweredCode(code: string): code is CommandErrorCode {
  return ANSWERED_CODES.includes(code);
}
