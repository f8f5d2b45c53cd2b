import {
  currencyProblem,
  decimalAmount,
  err,
  failure,
  isCurrencyCode,
  moneyFromDecimal,
  ok,
  type Failure,
  type Money,
  type Result,
} from '@souk/kit/domain';
import type { PAYMENT_PROVIDERS } from '../contract.ts';

export type PaymentProviderName = (typeof PAYMENT_PROVIDERS)[number];

export const CAPTURE_METHODS = ['MANUAL', 'AUTOMATIC'] as const;
/**
 * MANUAL: the provider authorizes the money, and the order's capture policy decides when it is captured. AUTOMATIC: the provider captures
 * the money with the authorization. Some payment methods require AUTOMATIC. If the order is then not placed, the money must be refunded.
 */
export type CaptureMethod = (typeof CAPTURE_METHODS)[number];

/** The range of amounts in one currency for which a provider is offered, in minor units. Both bounds are inclusive. */
export interface AmountLimit {
  readonly currency: string;
  readonly minimumMinor: number;
  /** Null when there is no maximum. */
  readonly maximumMinor: number | null;
}

/** The settings of a tenant's account at a provider. */
export interface AccountSettings {
  /** Whether buyers can pay with the provider. Existing payments can always be captured, refunded and voided. */
  readonly enabled: boolean;
  /** The name of the entry in the file of secrets that has the account's keys. Null for the test provider. */
  readonly secretName: string | null;
  /** The public key that the shop's pages pass to the provider's library. */
  readonly publishableKey: string | null;
  readonly captureMethod: CaptureMethod;
  /** Empty when every currency and amount is allowed. */
  readonly limits: readonly AmountLimit[];
}

export interface PaymentAccount extends AccountSettings {
  readonly id: string;
  readonly provider: PaymentProviderName;
  readonly version: number;
}

/** An amount limit as staff entered it. */
export interface LimitDraft {
  readonly currencyCode: string;
  readonly minimum?: string | null;
  readonly maximum?: string | null;
}

/** The providers with which a buyer can pay an amount. A tenant without accounts has the test provider. */
export function offeredFor(accounts: readonly PaymentAccount[], amount: Money): readonly OfferedMethod[] {
  if (accounts.length === 0) return [{ provider: 'TEST', publishableKey: null }];
  return accounts
    .filter((account) => account.enabled && allows(account, amount))
    .map(({ provider, publishableKey }) => ({ provider, publishableKey }));
}

export interface OfferedMethod {
  readonly provider: PaymentProviderName;
  readonly publishableKey: string | null;
}

function allows({ limits }: AccountSettings, { amountMinor, currency }: Money): boolean {
  if (limits.length === 0) return true;
  const limit = limits.find((each) => each.currency === currency);
  if (!limit) return false;
  return amountMinor >= limit.minimumMinor && amountMinor <= (limit.maximumMinor ?? Number.MAX_SAFE_INTEGER);
}

/** Validates the limits that staff entered. */
export function limitsOf(drafts: readonly LimitDraft[]): Result<AmountLimit[], Failure<'INVALID_INPUT'>> {
  const limits: AmountLimit[] = [];
  for (const [index, draft] of drafts.entries()) {
    const field = ['limits', String(index)];
    const limit = limitOf(draft, field);
    if (!limit.ok) return limit;
    if (limits.some(({ currency }) => currency === draft.currencyCode))
      return err(
        failure('INVALID_INPUT', `${draft.currencyCode} has two limits. Keep one`, [...field, 'currencyCode']),
      );
    limits.push(limit.value);
  }
  return ok(limits);
}

function limitOf(
  { currencyCode, minimum, maximum }: LimitDraft,
  field: readonly string[],
): Result<AmountLimit, Failure<'INVALID_INPUT'>> {
  const refuse = (message: string, member: string) => err(failure('INVALID_INPUT', message, [...field, member]));
  const currency = currencyCode;
  if (!isCurrencyCode(currencyCode)) return refuse(currencyProblem(currencyCode), 'currencyCode');
  const [least, most] = [amountOf(minimum ?? '0', currency), amountOf(maximum, currency)];
  if (least === undefined || least === null) return refuse(notAnAmount(minimum, currency), 'minimum');
  if (most === undefined) return refuse(notAnAmount(maximum, currency), 'maximum');
  if (most !== null && most < least) {
    const shown = decimalAmount({ amountMinor: least, currency });
    return refuse(`The maximum is below the minimum of ${shown} ${currency}`, 'maximum');
  }
  return ok({ currency, minimumMinor: least, maximumMinor: most });
}

const notAnAmount = (given: string | null | undefined, currency: string) =>
  `${given} is not an amount of ${currency} from 0. Use its decimal places`;

/** The amount in minor units. Undefined when the text is not an amount. */
function amountOf(amount: string | null | undefined, currency: string): number | null | undefined {
  if (amount === null || amount === undefined) return null;
  try {
    const { amountMinor } = moneyFromDecimal(amount, currency);
    return amountMinor >= 0 ? amountMinor : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
