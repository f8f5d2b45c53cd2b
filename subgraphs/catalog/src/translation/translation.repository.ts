import { ok, type Failure, type Result, canonicalTranslations, type TranslationDraft } from '@souk/kit/domain';
import { sql } from 'kysely';
import type { CatalogTransaction } from '../database.ts';

type Subject = 'product' | 'category' | 'collection';

/** The texts of an object in one language. */
export type TranslationInput = TranslationDraft;

/** Replaces the texts in one language. A translation without texts is deleted. */
export async function setTranslation(
  tx: CatalogTransaction,
  subject: Subject,
  id: string,
  draft: TranslationDraft,
): Promise<Result<void, Failure>> {
  const canonical = canonicalTranslations([
    { locale: draft.locale, name: draft.name ?? null, description: draft.description ?? null },
  ]);
  if (!canonical.ok) return { ok: false, error: { ...canonical.error, field: ['locale'] } };
  await replace(
    tx,
    subject,
    id,
    canonical.value,
    canonical.value.map(({ locale }) => locale),
  );
  return ok(undefined);
}

/** Replaces all translations of an object. A translation in a language that is not in the list is deleted. */
export async function replaceTranslations(
  tx: CatalogTransaction,
  subject: Subject,
  id: string,
  drafts: readonly TranslationDraft[],
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
  drafts: readonly TranslationDraft[],
  locales: readonly string[] | null,
): Promise<void> {
  const [table, owner] = [sql.table(`${subject}_translation`), sql.ref(`${subject}_id`)];
  const these = locales ? sql`and locale = any(${[...locales]}::text[])` : sql``;
  await sql`delete from ${table} where tenant_id = ${tenantId} and ${owner} = ${id}::uuid ${these}`.execute(db);
  const said = drafts.filter(({ name, description }) => name || description);
  await sql`
    insert into ${table} (${owner}, locale, name, description)
    select ${id}::uuid, locale, name, description
      from unnest(${said.map(({ locale }) => locale)}::text[], ${said.map(({ name }) => name ?? null)}::text[],
                  ${said.map(({ description }) => description ?? null)}::text[]) as said (locale, name, description)`.execute(
    db,
  );
}
