import { err, failure, type Failure, type Result } from '@souk/kit/domain';

/** Returned when something that must be unique in its tenant is used already. */
export type Taken = Failure<'SLUG_TAKEN' | 'SKU_TAKEN' | 'CODE_TAKEN' | 'EXTERNAL_REFERENCE_TAKEN' | 'OPTIONS_TAKEN'>;

/** What the violation of a named constraint means to the person whose input caused it. */
const MEANINGS: Readonly<Record<string, Taken>> = {
  ...taken(
    ['product_slug_unique', 'category_slug_unique', 'collection_slug_unique'],
    'SLUG_TAKEN',
    'This slug is taken; choose another',
    'slug',
  ),
  ...taken(
    ['product_variant_sku_unique', 'variant_sku_unique'],
    'SKU_TAKEN',
    'Another variant has this SKU, or one that differs only by case; choose another',
    'sku',
  ),
  ...taken(['attribute_code_unique'], 'CODE_TAKEN', 'An attribute has this code already; choose another', 'code'),
  ...taken(
    ['product_variant_options_unique'],
    'OPTIONS_TAKEN',
    'The product has a variant with these options already',
    'options',
  ),
  ...taken(
    [
      'product_external_reference_unique',
      'product_variant_external_reference_unique',
      'category_external_reference_unique',
      'collection_external_reference_unique',
    ],
    'EXTERNAL_REFERENCE_TAKEN',
    'This external reference is taken; it is unique per kind of thing',
    'externalReference',
  ),
};

/**
 * Runs work and gives the violation of a unique constraint as the failure that it means. Everything else is thrown on.
 * Around the unit of work, not inside: the violation has ended the transaction.
 */
export async function orTaken<Value, Refusal>(
  work: () => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal | Taken>> {
  try {
    return await work();
  } catch (error) {
    const meaning = MEANINGS[constraintOf(error)];
    if (!meaning) throw error;
    return err(meaning);
  }
}

/** The name of the constraint that Postgres reports, also where the ORM has wrapped its error. */
function constraintOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : constraintOf(error.cause);
}

function taken(
  constraints: readonly string[],
  code: Taken['code'],
  message: string,
  field: string,
): Record<string, Taken> {
  return Object.fromEntries(constraints.map((constraint) => [constraint, failure(code, message, [field])]));
}
