import type { Address } from '../postal/index.ts';
import type { PostalAddressInput } from './postal-address.types.ts';

/** Converts an input to an address. The input may contain a country code in small letters. */
export function addressOf(input: PostalAddressInput): Address {
  return {
    name: input.name,
    line1: input.line1,
    line2: input.line2 ?? null,
    city: input.city,
    region: input.region ?? null,
    postalCode: input.postalCode ?? null,
    countryCode: input.countryCode.toUpperCase(),
    phone: input.phone ?? null,
  };
}
