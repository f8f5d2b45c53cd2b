import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@souk/kit/context';
import type { Shop } from './shop.ts';

const CREATE = `mutation ($input: PromotionCreateInput!) {
  promotionCreate(input: $input) { promotion { id version code uses } userErrors { code field } } }`;
const SET_CODES = `mutation ($input: CartDiscountCodesSetInput!) {
  cartDiscountCodesSet(input: $input) { cart { id discountCodes { code applied outcome } } userErrors { code field } } }`;

/** A random discount code, so tests do not share codes. */
export const uniqueCode = () => `CODE-${randomUUID()}`.toUpperCase();

/** Functions that add promotions to a shop and enter their codes. */
export function promotionsOf(shop: Shop) {
  return {
    /** Creates a promotion. @param settings override the default action of 10 % */
    async offer(settings: object) {
      const input = { name: 'Sale', action: { type: 'PERCENTAGE', percent: '10' }, ...settings };
      const { promotionCreate } = await shop.process.query(shop.staff, CREATE, { input });
      if (promotionCreate.userErrors.length > 0) throw new Error(JSON.stringify(promotionCreate.userErrors));
      return promotionCreate.promotion as { id: string; version: number; code: string | null };
    },
    /** Sets the discount codes of a cart. Returns the outcome of each code. */
    async enter(cartId: string, codes: readonly string[], ctx: RequestContext = shop.shopper): Promise<string[]> {
      const { cartDiscountCodesSet } = await shop.process.query(ctx, SET_CODES, { input: { cartId, codes } });
      if (!cartDiscountCodesSet.cart) throw new Error(JSON.stringify(cartDiscountCodesSet.userErrors));
      return cartDiscountCodesSet.cart.discountCodes.map(({ outcome }: { outcome: string }) => outcome);
    },
    /** The stored use counter of a promotion, and the number of orders that use it. */
    async uses(code: string): Promise<{ uses: number; orders: number }> {
      const { rows } = await shop.admin.query(
        `select (select uses from orders.promotion_usage where promotion_id = promotion.id),
                (select count(*)::integer from orders.promotion_use where promotion_id = promotion.id) as orders
           from orders.promotion where code = $1`,
        [code],
      );
      return rows[0];
    },
  };
}
