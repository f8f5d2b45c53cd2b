import { fixedStatement } from '@souk/kit/persistence';
import { sql, type RawBuilder } from 'kysely';
import type { OrdersTransaction } from '../database.ts';

/** The highest number of characters in a search. */
export const MAX_SEARCH_LENGTH = 100;
/** The highest number of words in a search. Further words are ignored. */
export const MAX_SEARCH_WORDS = 8;

const wordsOf = fixedStatement<{ word: string }>(`
  select word, set_config('plan_cache_mode', 'force_custom_plan', true) from search_words($1) word limit $2`);

/**
 * The words of a search in the form of the stored terms. Postgres splits searches and orders by one function. A leading # of a number
 * is ignored. The statements that follow in the transaction are planned for their values: most orders have "buyer", one has "100017", and
 * no plan suits both.
 */
export async function searchWords({ db }: OrdersTransaction, search: string): Promise<readonly string[]> {
  const { rows } = await wordsOf(db, search.replaceAll(/(^|\s)#/g, ' '), MAX_SEARCH_WORDS);
  return rows.map(({ word }) => word);
}

/** The last character of Unicode. No stored term contains it, because it is not a character of any text. */
const AFTER_ALL = '\u{10FFFF}';

/** Whether an order has a term that begins with the word. A range, because `like` is not leakproof and would not use the index. */
export function hasTerm(word: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from order_term
     where order_term.tenant_id = sales_order.tenant_id and order_term.order_id = sales_order.id
       and order_term.term >= ${word} and order_term.term < ${word + AFTER_ALL})`;
}

/** Whether an order has the tag, in its stored form. */
export function hasTag(tag: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from order_tag
     where order_tag.tenant_id = sales_order.tenant_id and order_tag.order_id = sales_order.id and order_tag.tag = ${tag})`;
}
