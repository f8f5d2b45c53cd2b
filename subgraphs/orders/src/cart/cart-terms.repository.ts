import type { OrdersTransaction } from '../database.ts';
import { NO_TERMS, type CartTerms } from './cart-pricing.ts';
import type { Cart } from './cart.ts';

/** The tax and the shipping rates for a cart, read in one statement. The result is empty while the cart has no country. */
export async function findCartTerms(tx: OrdersTransaction, { shippingAddress, currency }: Cart): Promise<CartTerms> {
  if (!shippingAddress) return NO_TERMS;
  const { countryCode } = shippingAddress;
  const rows = await tx.db
    .selectFrom(tx.db.selectNoFrom(taxRate(tx, countryCode).as('basis_points')).as('tax'))
    .leftJoin(shippingRates(tx, countryCode, currency).as('rate'), (join) => join.onTrue())
    .selectAll()
    .orderBy('rate.sort_order')
    .orderBy('rate.id')
    .execute();
  return {
    taxBasisPoints: rows[0]?.basis_points ?? 0,
    shippingRates: rows.flatMap((row) => {
      const { id, code, name, price_minor: priceMinor } = row;
      if (id === null || code === null || name === null || priceMinor === null) return []; // no shipping method serves the country
      const { free_from_minor, min_subtotal_minor, max_subtotal_minor } = row;
      return {
        id,
        code,
        name,
        currency,
        priceMinor,
        freeFromMinor: free_from_minor,
        minSubtotalMinor: min_subtotal_minor,
        maxSubtotalMinor: max_subtotal_minor,
      };
    }),
  };
}

function taxRate({ db, tenantId }: OrdersTransaction, countryCode: string) {
  return db
    .selectFrom('tax_rate')
    .where('tenant_id', '=', tenantId)
    .where('country_code', '=', countryCode)
    .select('basis_points');
}

/** The rates, in one currency, of the active shipping methods that serve the country. */
function shippingRates({ db, tenantId }: OrdersTransaction, countryCode: string, currency: string) {
  return db
    .selectFrom('shipping_method as method')
    .innerJoin('shipping_method_price as price', (join) =>
      join
        .onRef('price.tenant_id', '=', 'method.tenant_id')
        .onRef('price.shipping_method_id', '=', 'method.id')
        .on('price.currency', '=', currency),
    )
    .where('method.tenant_id', '=', tenantId)
    .where('method.active', '=', true)
    .where(({ exists, not, or, selectFrom }) => {
      const countries = selectFrom('shipping_method_country as country')
        .whereRef('country.tenant_id', '=', 'method.tenant_id')
        .whereRef('country.shipping_method_id', '=', 'method.id')
        .select('country.country_code');
      return or([exists(countries.where('country.country_code', '=', countryCode)), not(exists(countries))]);
    })
    .select([
      'method.id',
      'method.code',
      'method.name',
      'method.sort_order',
      'price.price_minor',
      'price.free_from_minor',
      'price.min_subtotal_minor',
      'price.max_subtotal_minor',
    ]);
}
