const ORDER_TEMPLATES = ['ORDER_PLACED', 'ORDER_SHIPPED', 'ORDER_CANCELED', 'ORDER_REFUNDED'] as const;
/** The messages that contain a link for an account. */
const ACCOUNT_TEMPLATES = ['EMAIL_VERIFICATION', 'ACCOUNT_EXISTS', 'PASSWORD_RESET', 'LOGIN_LINK'] as const;
export type AccountTemplate = (typeof ACCOUNT_TEMPLATES)[number];
/** The kinds of messages, each with its own text. */
export const MESSAGE_TEMPLATES = [
  ...ORDER_TEMPLATES,
  'USER_INVITED',
  'EMAIL_CONFIRMATION',
  ...ACCOUNT_TEMPLATES,
] as const;
export type MessageTemplate = (typeof MESSAGE_TEMPLATES)[number];

/** The messages about orders, invitations and new shops. */
export type OtherTemplate = Exclude<MessageTemplate, AccountTemplate>;

/** Whether messages of this kind contain a link for an account. The other kinds concern an order or an invitation. */
export function isAboutAccount(template: MessageTemplate): template is AccountTemplate {
  return ACCOUNT_TEMPLATES.some((each) => each === template);
}

/**
 * QUEUED: waits for an attempt. SENDING: an attempt is running. SENT: the mail server accepted the message. FAILED: Souk does not try again
 * unless staff request a retry.
 */
export const MESSAGE_STATES = ['QUEUED', 'SENDING', 'SENT', 'FAILED'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** A message whose attempt this worker has started. */
export interface ClaimedMessage {
  readonly id: string;
  readonly template: MessageTemplate;
  /** The id of the order, link or invitation that the message is about. */
  readonly referenceId: string;
  /** Null when the recipient is read from the order, link or invitation. */
  readonly recipient: string | null;
  /** The language (BCP 47). Null when the language is read from the order. */
  readonly locale: string | null;
  /** The number of attempts, including the running attempt. */
  readonly attempts: number;
}

/** The result of an attempt to send a message. */
export type Attempt =
  | { readonly kind: 'SENT' }
  /** The server certainly does not have the message. A later attempt may succeed. */
  | { readonly kind: 'NOT_SENT'; readonly problem: string }
  /** A permanent refusal, or a lost response: the server may have accepted the message. */
  | { readonly kind: 'GIVEN_UP'; readonly problem: string };

/** The state of a message after an attempt. */
export type Outcome =
  | { readonly state: 'SENT' }
  | { readonly state: 'QUEUED'; readonly problem: string; readonly waitSeconds: number }
  | { readonly state: 'FAILED'; readonly problem: string };

/** The waiting times after failed attempts, in seconds. Their sum is 26 hours. One last attempt follows the last waiting time. */
const PAUSES_SECONDS = [5, 30, 120, 600, 1800, 7200, 28_800, 54_000];

/**
 * Decides the next state of a message after an attempt. Only a message that was certainly not sent is retried, because a buyer must not
 * receive a message twice.
 */
export function outcomeOf(attempt: Attempt, attempts: number): Outcome {
  if (attempt.kind === 'SENT') return { state: 'SENT' };
  const waitSeconds = PAUSES_SECONDS[attempts - 1];
  if (attempt.kind === 'GIVEN_UP' || waitSeconds === undefined) return { state: 'FAILED', problem: attempt.problem };
  return { state: 'QUEUED', problem: attempt.problem, waitSeconds };
}
