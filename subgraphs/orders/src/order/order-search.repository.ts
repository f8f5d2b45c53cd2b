import { fixedStatement } from '@souk/kit/persistence';
import { sql, type RawBuilder } from 'kysely';
import type { OrdersTransaction } from '../database.ts';
import { MAX_SEARCH_WORDS } from './order-search.ts';

const wordsOf = fixedStatement<{ word: string }>(`
  select word, set_config('plan_cache_mode', 'force_custom_plan', true) from search_words($1) word limit $2`);

/**
 * Splits a search into words, by the same Postgres function that splits the stored orders. The # before a number is ignored. The call also
 * disables generic plans for the rest of the transaction. A common word such as "buyer" and a rare word such as "100017" need different
 * plans.
 */
export async function searchWords({ db }: OrdersTransaction, search: string): Promise<readonly string[]> {
  const { rows } = await wordsOf(db, search.replaceAll(/(^|\s)#/g, ' '), MAX_SEARCH_WORDS);
  return rows.map(({ word }) => word);
}

/** The highest code point of Unicode. It is a noncharacter, so a stored term never contains it. */
const AFTER_ALL = '\u{10FFFF}';

/**
 * Whether an order has a term with this prefix. The condition is a range. `like` is not leakproof, so under row-level security Postgres
 * would not use the index for it.
 */
export function hasTerm(word: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from order_term
     where order_term.tenant_id = sales_order.tenant_id and order_term.order_id = sales_order.id
       and order_term.term >= ${word} and order_term.term < ${word + AFTER_ALL})`;
}

/** Whether an order has the tag. @param tag the tag in canonical form */
export function hasTag(tag: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from order_tag
     where order_tag.tenant_id = sales_order.tenant_id and order_tag.order_id = sales_order.id and order_tag.tag = ${tag})`;
}
