import type { RequestContext } from '@souk/kit/context';
import { sql } from 'kysely';
import { defaultLocale } from '../settings/store-defaults.repository.ts';
import { localeCandidates } from './locale.ts';

/**
 * A text in the language of the request, as a column: the translation for the exact locale, otherwise the translation for the language,
 * otherwise the text itself. When the language is the shop's own, no translation is looked up.
 */
export function translated(
  subject: 'product' | 'category' | 'collection',
  column: 'name' | 'description',
  ctx: RequestContext,
) {
  const [exact, language] = localeCandidates(ctx.locale);
  const own = sql.ref(`${subject}.${column}`);
  const translation = (locale: string) => sql`(
    select ${sql.ref(`t.${column}`)} from ${sql.table(`${subject}_translation`)} t
     where t.tenant_id = ${sql.ref(`${subject}.tenant_id`)} and ${sql.ref(`t.${subject}_id`)} = ${sql.ref(`${subject}.id`)} and t.locale = ${locale})`;
  const candidates = exact === language ? [exact] : [exact, language];
  return sql<string>`case when ${exact} = ${defaultLocale(ctx.tenantId)} then ${own}
    else coalesce(${sql.join(candidates.map(translation))}, ${own}) end`;
}
