import { fixedStatement } from '@souk/kit/persistence';
import type { Selectable } from 'kysely';
import type { OrdersDatabase, OrdersRead } from '../database.ts';
import { findCandidates } from '../promotion/promotion.repository.ts';
import { placeOf, TAX_TERMS, taxesOf, type TaxTermsRow } from '../tax/tax-terms.repository.ts';
import { NO_TERMS, type CartTerms } from './cart-pricing.ts';
import type { Cart } from './cart.ts';

type MethodRow = Pick<Selectable<OrdersDatabase['shipping_method']>, 'id' | 'code' | 'name'>;
type PriceRow = Pick<
  Selectable<OrdersDatabase['shipping_method_price']>,
  'price_minor' | 'free_from_minor' | 'min_subtotal_minor' | 'max_subtotal_minor'
>;

// A method without countries serves every country.
const termsOf = fixedStatement<TaxTermsRow & ((MethodRow & PriceRow) | { readonly id: null })>(`
  select tax.*, rate.*
    from (${TAX_TERMS}) as tax
    left join (
      select method.sort_order, method.id, method.code, method.name,
             price.price_minor, price.free_from_minor, price.min_subtotal_minor, price.max_subtotal_minor
        from shipping_method method
        join shipping_method_price price on price.tenant_id = method.tenant_id and price.shipping_method_id = method.id
         and price.currency = $5
       where method.tenant_id = $1 and method.active
         and (exists (select from shipping_method_country served where served.tenant_id = method.tenant_id
                         and served.shipping_method_id = method.id and served.country_code = $2)
              or not exists (select from shipping_method_country served where served.tenant_id = method.tenant_id
                                and served.shipping_method_id = method.id))
    ) as rate on true
   order by rate.sort_order, rate.id`);

/** The promotions, the taxes and the shipping rates for a cart, in one round trip. No tax and no rates while the cart has no country. */
export async function findCartTerms(tx: OrdersRead, cart: Cart): Promise<CartTerms> {
  const isEmpty = cart.lines.length === 0 && cart.discountCodes.length === 0;
  const [promotions, delivery] = await Promise.all([isEmpty ? [] : findCandidates(tx, cart), deliveryTerms(tx, cart)]);
  return { ...delivery, promotions };
}

async function deliveryTerms(
  { db, tenantId }: OrdersRead,
  { shippingAddress, currency, taxId }: Cart,
): Promise<Omit<CartTerms, 'promotions'>> {
  if (!shippingAddress) return NO_TERMS;
  const { rows } = await termsOf(db, tenantId, ...placeOf(shippingAddress), currency);
  return {
    taxes: taxesOf(rows[0], shippingAddress.countryCode, taxId),
    shippingRates: rows.flatMap((row) => {
      if (row.id === null) return []; // no shipping method serves the country
      return {
        id: row.id,
        code: row.code,
        name: row.name,
        currency,
        priceMinor: row.price_minor,
        freeFromMinor: row.free_from_minor,
        minSubtotalMinor: row.min_subtotal_minor,
        maxSubtotalMinor: row.max_subtotal_minor,
      };
    }),
  };
}
