/** The messages that Souk sends. */
export const MESSAGE_TEMPLATES = [
  'ORDER_PLACED',
  'ORDER_SHIPPED',
  'ORDER_CANCELED',
  'ORDER_REFUNDED',
  'USER_INVITED',
] as const;
export type MessageTemplate = (typeof MESSAGE_TEMPLATES)[number];

/**
 * QUEUED: waits for an attempt. SENDING: an attempt runs. SENT: the mail server accepted the message. FAILED: Souk does not try again,
 * until staff ask for it.
 */
export const MESSAGE_STATES = ['QUEUED', 'SENDING', 'SENT', 'FAILED'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** A message that is being sent. */
export interface ClaimedMessage {
  readonly id: string;
  readonly template: MessageTemplate;
  /** The order or the invitation that the message concerns. */
  readonly referenceId: string;
  /** BCP 47. Null when orders knows the language. */
  readonly locale: string | null;
  /** The number of attempts, including the present one. */
  readonly attempts: number;
}

/** The result of an attempt to send a message. */
export type Attempt =
  | { readonly kind: 'SENT' }
  /** The message was certainly not accepted. A later attempt may succeed. */
  | { readonly kind: 'NOT_SENT'; readonly problem: string }
  /** The message was refused for good, or the server may have accepted it although its answer was lost. */
  | { readonly kind: 'GIVEN_UP'; readonly problem: string };

/** The state of a message after an attempt. */
export type Outcome =
  | { readonly state: 'SENT' }
  | { readonly state: 'QUEUED'; readonly problem: string; readonly waitSeconds: number }
  | { readonly state: 'FAILED'; readonly problem: string };

/** The pauses after each attempt that did not send, in seconds: together 26 hours. After the last pause one more attempt follows. */
const PAUSES_SECONDS = [5, 30, 120, 600, 1800, 7200, 28_800, 54_000];

/**
 * Decides about a message after an attempt. A message is repeated only when it was certainly not sent, because a buyer must not receive the
 * same message twice.
 */
export function outcomeOf(attempt: Attempt, attempts: number): Outcome {
  if (attempt.kind === 'SENT') return { state: 'SENT' };
  const waitSeconds = PAUSES_SECONDS[attempts - 1];
  if (attempt.kind === 'GIVEN_UP' || waitSeconds === undefined) return { state: 'FAILED', problem: attempt.problem };
  return { state: 'QUEUED', problem: attempt.problem, waitSeconds };
}
