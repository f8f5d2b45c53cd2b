import { localeCandidates } from '@souk/kit/domain';
import type { RequestContext } from '@souk/kit/context';
import { sql } from 'kysely';
import { defaultLocale } from '../store-defaults.repository.ts';

/** The tenant and the locales of a request, which decide the language of texts. */
export interface Language {
  readonly tenantId: string;
  readonly locale: string;
  /** The locale without its region, such as `de`. */
  readonly language: string;
}

export function languageOf(ctx: RequestContext): Language {
  const [locale, language] = localeCandidates(ctx.locale);
  return { tenantId: ctx.tenantId, locale, language };
}

/**
 * SQL for a text in the language of the request: the translation for the exact locale, otherwise the translation for the locale's language,
 * otherwise the untranslated text. Requests in the shop's own language skip the look-up.
 */
export function translated<Text extends string | null = string>(
  subject: 'product' | 'category' | 'collection',
  column: 'name' | 'description' | 'seo_title' | 'seo_description',
  { tenantId, locale, language }: Language,
) {
  const own = sql.ref(`${subject}.${column}`);
  const translation = (candidate: string) => sql`(
    select ${sql.ref(`t.${column}`)} from ${sql.table(`${subject}_translation`)} t
     where t.tenant_id = ${sql.ref(`${subject}.tenant_id`)} and ${sql.ref(`t.${subject}_id`)} = ${sql.ref(`${subject}.id`)} and t.locale = ${candidate})`;
  return sql<Text>`case when ${locale} = ${defaultLocale(tenantId)} then ${own}
    else coalesce(${translation(locale)}, ${translation(language)}, ${own}) end`;
}
