import { err, ok, type Result } from '@souk/kit/domain';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { PaymentAction } from '../contract.ts';
import { tooManyMethods, tooManySetups, type MethodLimitReached, type TooManySetups } from './saved-method.errors.ts';

/** The maximum number of payment methods that a customer can save. */
export const MOST_METHODS = 20;
/**
 * The maximum number of attempts of a customer to save a method in a day. Without this limit, attackers could test
 * stolen card numbers.
 */
const MOST_SETUPS_A_DAY = 10;
const DAY_MS = 24 * 3600 * 1000;

export type SetupStatus = 'PENDING' | 'SAVED' | 'FAILED';

/** A payment method that a customer has saved. */
export interface SavedMethod {
  readonly id: string;
  readonly customerId: string;
  readonly provider: PaymentProviderName;
  readonly createdAt: Date;
  /** The provider's reference for the customer. */
  readonly customerReference: string;
  /** The provider's reference for the method. */
  readonly reference: string;
}

/** An attempt to save a payment method. */
export interface MethodSetup {
  readonly id: string;
  readonly customerId: string;
  readonly provider: PaymentProviderName;
  /** The name of the secret of the account. */
  readonly secretName: string;
  /** Whether the attempt came with a token. Without a token, the provider's library may try several cards. */
  readonly byToken: boolean;
  readonly fingerprint: string;
  readonly customerReference: string | null;
  /** The provider's reference for the attempt. Null when the provider has not responded yet. */
  readonly reference: string | null;
  readonly status: SetupStatus;
  readonly declineCode: string | null;
  /** The saved method. Null unless the attempt succeeded. */
  readonly methodId: string | null;
}

/** The state of an attempt at the provider. */
export type SetupState =
  /** @property method the provider's reference for the saved method */
  | { readonly kind: 'SAVED'; readonly method: string }
  /** @property action null when the provider decides without the customer */
  | { readonly kind: 'WAITING'; readonly action: PaymentAction | null }
  | { readonly kind: 'DECLINED'; readonly declineCode: string };

/** The card behind a method, as the provider describes it at this moment. */
export interface SavedCard {
  /** The brand in the provider's terms, for instance `visa`. */
  readonly brand: string;
  readonly lastDigits: string;
  /** 1 to 12. */
  readonly expiryMonth: number;
  readonly expiryYear: number;
}

/**
 * Whether a customer may try to save another method.
 * @param startedAt the start times of the attempts of the last day, in any order
 */
export function mayBegin(
  methods: number,
  startedAt: readonly Date[],
  now: Date,
): Result<void, MethodLimitReached | TooManySetups> {
  if (methods >= MOST_METHODS) return err(tooManyMethods(MOST_METHODS));
  if (startedAt.length < MOST_SETUPS_A_DAY) return ok(undefined);
  const oldest = Math.min(...startedAt.map((time) => time.getTime()));
  return err(tooManySetups(Math.max(1, Math.ceil((oldest + DAY_MS - now.getTime()) / 1000))));
}

/** Attempts that began after this time count. */
export function countedSince(now: Date): Date {
  return new Date(now.getTime() - DAY_MS);
}
