import { fixedStatement } from '@souk/kit/persistence';
import type { CatalogRead, CatalogTransaction } from '../database.ts';
import type { Synonyms } from './query/search-clause.ts';

/** The languages, the synonyms and the currency of a tenant's search. */
export interface SearchSettings {
  /** The language of names and descriptions that are not translations. */
  readonly defaultLanguage: string;
  /** The languages that have search documents, including the default language. */
  readonly languages: readonly string[];
  readonly synonyms: Synonyms;
  /** The currency of prices by which results are sorted and counted. */
  readonly currency: string;
}

interface SettingsRow {
  readonly currency: string;
  readonly locale: string;
  readonly languages: readonly string[] | null;
  readonly synonyms: Synonyms | null;
}

const readSettings = fixedStatement<SettingsRow>(`
  select coalesce(c.default_currency, 'EUR') as currency, coalesce(c.default_locale, 'en') as locale, s.languages, s.synonyms
    from (select $1::uuid as tenant_id) tenant
    left join catalog_settings c on c.tenant_id = tenant.tenant_id
    left join search_settings s on s.tenant_id = tenant.tenant_id`);
const storeLanguages = fixedStatement(`
  insert into search_settings (languages) values ($1::text[])
  on conflict (tenant_id) do update set languages = excluded.languages`);
const storeSynonyms = fixedStatement(`
  insert into search_settings (synonyms) values ($1::jsonb)
  on conflict (tenant_id) do update set synonyms = excluded.synonyms`);

export async function searchSettings({ db, tenantId }: CatalogRead): Promise<SearchSettings> {
  const { rows } = await readSettings(db, tenantId);
  const { currency = 'EUR', locale = 'en', languages, synonyms } = rows[0] ?? {};
  const defaultLanguage = languageSubtag(locale);
  return {
    currency,
    defaultLanguage,
    languages: [...new Set([defaultLanguage, ...(languages ?? [])])],
    synonyms: synonyms ?? [],
  };
}

/** The language of a locale: `de` for `de-AT`. */
export function languageSubtag(locale: string): string {
  return locale.split('-')[0] ?? locale;
}

export async function setSearchLanguages({ db }: CatalogTransaction, languages: readonly string[]): Promise<void> {
  await storeLanguages(db, [...languages]);
}

export async function setSynonyms({ db }: CatalogTransaction, synonyms: Synonyms): Promise<void> {
  await storeSynonyms(db, JSON.stringify(synonyms));
}
