import { headers, type Msg, type MsgHdrs } from 'nats';

/** Milliseconds since 1970. Absolute, so that a process that was frozen sees that nobody waits any more; clocks must agree to a second. */
const DEADLINE = 'Souk-Deadline';
const SEAL = 'Souk-Seal';
/** Sent by processes of a version that does not seal commands, and to them. */
const CONTEXT = 'Souk-Context';
const SIGNATURE = 'Souk-Signature';
const ERROR = 'Souk-Error';

/** Why a command was not answered with a reply. What is expected to be refused is part of the reply instead. */
export type CommandErrorCode =
  /** The request does not match the contract: the two sides were built from different ones. */
  | 'BAD_REQUEST'
  /** The answering side does not trust the caller, or the caller does not trust the reply. */
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
  /** Who sends the command, in whose name, with which body. Null from a process of a version that does not seal commands. */
  readonly seal: string | null;
  /** For and from processes of a version that does not seal commands; null else. */
  readonly context: string | null;
}

export function requestHeaders({ deadlineMs, seal, context }: RequestHead): MsgHdrs {
  const head = headers();
  head.set(DEADLINE, String(deadlineMs));
  if (seal !== null) head.set(SEAL, seal);
  if (context !== null) head.set(CONTEXT, context);
  return head;
}

/** @returns null when something is missing. */
export function requestHead(message: Pick<Msg, 'headers'>): RequestHead | null {
  const deadlineMs = Number(message.headers?.get(DEADLINE));
  const seal = message.headers?.get(SEAL) || null;
  const context = message.headers?.get(CONTEXT) || null;
  return deadlineMs > 0 && (seal ?? context) !== null ? { deadlineMs, seal, context } : null;
}

/** What travels beside a reply. */
export interface ReplyHead {
  /** Null for a reply that carries a value. */
  readonly errorCode: string | null;
  /** Null from a process of a version that does not sign replies, and to one. */
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

/** @throws CommandError when the reply carries an error code. */
export function valueOf(message: Pick<Msg, 'json'>, { errorCode }: ReplyHead): unknown {
  if (errorCode !== null) throw new CommandError(isAnsweredCode(errorCode) ? errorCode : 'FAILED');
  return message.json();
}

function isAnsweredCode(code: string): code is CommandErrorCode {
  return ANSWERED_CODES.includes(code);
}
