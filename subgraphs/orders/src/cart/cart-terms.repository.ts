import { localeCandidates } from '@souk/kit/domain';
import { fixedStatement } from '@souk/kit/persistence';
import type { OrdersRead } from '../database.ts';
import { findCandidates } from '../promotion/promotion.repository.ts';
import {
  OFFERABLE,
  SHIPPING_TERMS,
  termsOf as shippingTermsOf,
  type ShippingTermsRow,
} from '../shipping-method/shipping-terms.repository.ts';
import { placeOf, TAX_TERMS, taxesOf, type TaxTermsRow } from '../tax/tax-terms.repository.ts';
import { NO_TERMS, type CartTerms } from './cart-pricing.ts';
import type { Cart } from './cart.ts';

const termsOf = fixedStatement<TaxTermsRow & (ShippingTermsRow | { readonly id: null })>(`
  select tax.*, rate.*
    from (${TAX_TERMS}) as tax
    left join (select * from (${SHIPPING_TERMS}) as method where ${OFFERABLE}) as rate on true
   order by rate.sort_order, rate.id`);

/** Reads the promotions, taxes and shipping rates of a cart in one round trip. Tax and rates are empty while the cart has no country. */
export async function findCartTerms(tx: OrdersRead, cart: Cart): Promise<CartTerms> {
  const isEmpty = cart.lines.length === 0 && cart.discountCodes.length === 0;
  const [promotions, delivery] = await Promise.all([isEmpty ? [] : findCandidates(tx, cart), deliveryTerms(tx, cart)]);
  return { ...delivery, promotions };
}

async function deliveryTerms(
  { db, tenantId }: OrdersRead,
  { shippingAddress, currency, locale, taxId }: Cart,
): Promise<Omit<CartTerms, 'promotions'>> {
  if (!shippingAddress) return NO_TERMS;
  const { rows } = await termsOf(db, tenantId, ...placeOf(shippingAddress), currency, ...localeCandidates(locale));
  return {
    taxes: taxesOf(rows[0], shippingAddress.countryCode, taxId),
    // The left join returns one row without an id when the tenant has no shipping method for the address. That row only has the taxes.
    shippingTerms: rows.flatMap((row) => (row.id === null ? [] : shippingTermsOf(row, currency))),
  };
}
