import { z } from 'zod';
import { isDecimal, isKnownCurrency } from '../domain/index.ts';

/** `Money` of kit/domain on the wire. */
export const moneySchema = z.object({
  amountMinor: z.int(),
  currency: z.string().refine(isKnownCurrency, 'is no ISO 4217 currency'),
});

/** A decimal string with at most six places. */
export const decimalSchema = z.string().refine((text) => isDecimal(text), 'is not a decimal with at most six places');
