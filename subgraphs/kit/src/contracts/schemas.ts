import { z } from 'zod';
import { isDecimal, isKnownCurrency } from '../domain/index.ts';

/** The schema of `Money` (kit/domain) in messages. */
export const moneySchema = z.object({
  amountMinor: z.int(),
  currency: z.string().refine(isKnownCurrency, 'is no ISO 4217 currency'),
});

/** A decimal string with at most six places. */
export const decimalSchema = z.string().refine((text) => isDecimal(text), 'is not a decimal with at most six places');
