import { ok, type Failure, type Result, canonicalTranslations } from '@souk/kit/domain';
import { sql } from 'kysely';
import { changedTo } from '../changed-to.ts';
import type { CatalogTransaction } from '../database.ts';
import { hasTexts, translationTexts, type CatalogTranslation } from './catalog-translation.ts';

type Subject = 'product' | 'category' | 'collection';

/** The texts of an object in one language. */
export type TranslationInput = CatalogTranslation;

/**
 * Replaces the texts in one language. A missing text for search engines keeps its value, because callers that edit a page do not know it. A
 * translation without texts is deleted.
 */
export async function setTranslation(
  tx: CatalogTransaction,
  subject: Subject,
  id: string,
  draft: CatalogTranslation,
): Promise<Result<void, Failure>> {
  const canonical = canonicalTranslations([draft]);
  if (!canonical.ok) return { ok: false, error: { ...canonical.error, field: ['locale'] } };
  const [{ seoTitle, seoDescription, ...texts } = draft] = canonical.value;
  const stored = await searchTexts(tx, subject, id, texts.locale);
  const set = {
    ...texts,
    seoTitle: changedTo(stored.seoTitle, seoTitle, null),
    seoDescription: changedTo(stored.seoDescription, seoDescription, null),
  };
  await replace(tx, subject, id, [set], [set.locale]);
  return ok(undefined);
}

async function searchTexts({ db, tenantId }: CatalogTransaction, subject: Subject, id: string, locale: string) {
  const { rows } = await sql<{ seoTitle: string | null; seoDescription: string | null }>`
    select seo_title as "seoTitle", seo_description as "seoDescription" from ${sql.table(`${subject}_translation`)}
     where tenant_id = ${tenantId} and ${sql.ref(`${subject}_id`)} = ${id}::uuid and locale = ${locale}`.execute(db);
  return rows[0] ?? { seoTitle: null, seoDescription: null };
}

/** Replaces all translations of an object. A translation in a language that is not in the list is deleted. */
export async function replaceTranslations(
  tx: CatalogTransaction,
  subject: Subject,
  id: string,
  drafts: readonly CatalogTranslation[],
): Promise<Result<void, Failure>> {
  const canonical = canonicalTranslations(drafts);
  if (!canonical.ok) return canonical;
  await replace(tx, subject, id, canonical.value, null);
  return ok(undefined);
}

async function replace(
  { db, tenantId }: CatalogTransaction,
  subject: Subject,
  id: string,
  drafts: readonly CatalogTranslation[],
  locales: readonly string[] | null,
): Promise<void> {
  const [table, owner] = [sql.table(`${subject}_translation`), sql.ref(`${subject}_id`)];
  const these = locales ? sql`and locale = any(${[...locales]}::text[])` : sql``;
  await sql`delete from ${table} where tenant_id = ${tenantId} and ${owner} = ${id}::uuid ${these}`.execute(db);
  const said = drafts.filter(hasTexts).map(translationTexts);
  await sql`
    insert into ${table} (${owner}, locale, name, description, seo_title, seo_description)
    select ${id}::uuid, said.*
      from jsonb_to_recordset(${JSON.stringify(said)}::jsonb)
        as said (locale text, name text, description text, "seoTitle" text, "seoDescription" text)`.execute(db);
}
