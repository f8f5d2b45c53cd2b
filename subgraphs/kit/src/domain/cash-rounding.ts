import type { CurrencyCode } from './currencies.ts';
import { money, type Money } from './money.ts';

/** The smallest coin amount in minor units, and the rounding direction for an amount halfway between two multiples. */
export interface CashRounding {
  readonly incrementMinor: number;
  readonly half: 'UP' | 'DOWN';
}

/**
 * The currencies whose coins cannot pay every minor unit. Sources: see docs/money.md. The euro is absent, because only some of its countries
 * round, each by its own law.
 */
export const CASH_ROUNDING: Readonly<Record<CurrencyCode, CashRounding>> = {
  AUD: { incrementMinor: 5, half: 'UP' },
  CAD: { incrementMinor: 5, half: 'UP' },
  CHF: { incrementMinor: 5, half: 'UP' },
  CZK: { incrementMinor: 100, half: 'UP' },
  DKK: { incrementMinor: 50, half: 'UP' },
  HUF: { incrementMinor: 500, half: 'UP' },
  ILS: { incrementMinor: 10, half: 'UP' },
  MYR: { incrementMinor: 5, half: 'UP' },
  NOK: { incrementMinor: 100, half: 'UP' },
  NZD: { incrementMinor: 10, half: 'DOWN' },
  SEK: { incrementMinor: 100, half: 'UP' },
};

/**
 * The amount that coins can pay. Only the total of a cash payment is rounded. Lines, taxes and card payments keep every minor unit. A
 * negative amount, such as a refund, is rounded like the positive amount.
 */
export function cashAmount(total: Money): Money {
  const rule = CASH_ROUNDING[total.currency];
  if (!rule) return total;
  const { incrementMinor, half } = rule;
  const positive = Math.abs(total.amountMinor);
  const rest = positive % incrementMinor;
  const isUp = half === 'UP' ? rest * 2 >= incrementMinor : rest * 2 > incrementMinor;
  const rounded = positive - rest + (isUp ? incrementMinor : 0);
  return money(total.amountMinor < 0 && rounded > 0 ? -rounded : rounded, total.currency);
}
