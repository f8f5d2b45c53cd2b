import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { isCode } from '../code.ts';

export const METAFIELD_VISIBILITIES = ['PUBLIC', 'STAFF', 'APP'] as const;
/**
 * The callers that may read a metafield. All callers may read PUBLIC, and callers with `catalog:write` may read STAFF. Only the API key that
 * set an APP metafield may read the metafield.
 */
export type MetafieldVisibility = (typeof METAFIELD_VISIBILITIES)[number];

export const METAFIELD_TYPES = ['TEXT', 'JSON'] as const;
export type MetafieldType = (typeof METAFIELD_TYPES)[number];

/** The maximum number of metafields of a product, of all owners together. */
export const MAX_METAFIELDS = 100;
/** The owner of metafields that are not of an API key. */
export const SHOP_OWNER = '00000000-0000-0000-0000-000000000000';

/** A metafield as a caller sets it. */
export interface MetafieldDraft {
  readonly namespace: string;
  readonly key: string;
  /** @default TEXT */
  readonly type?: MetafieldType | null;
  /** Null deletes the metafield. A missing value is refused. */
  readonly value?: string | null;
  /** @default STAFF */
  readonly visibility?: MetafieldVisibility | null;
}

/** A checked metafield with its owner. A null value deletes the metafield. */
export interface NewMetafield {
  readonly ownerId: string;
  readonly namespace: string;
  readonly key: string;
  readonly type: MetafieldType;
  readonly value: string | null;
  readonly visibility: MetafieldVisibility;
}

/**
 * Checks metafields and gives them their owner.
 * @param apiKeyId the API key of the caller. Null for other callers, which cannot set APP metafields
 */
export function planMetafields(
  drafts: readonly MetafieldDraft[],
  apiKeyId: string | null,
): Result<NewMetafield[], Failure<'INVALID_INPUT'>> {
  const seen = new Set<string>();
  const planned: NewMetafield[] = [];
  for (const [index, { namespace, key, type, value, visibility }] of drafts.entries()) {
    const at = (field: string) => ['metafields', `${index}`, field];
    for (const [field, name] of Object.entries({ namespace, key }))
      if (!isCode(name))
        return invalid(`A ${field} consists of small letters, digits, single dashes and underscores`, at(field));
    if (visibility === 'APP' && apiKeyId === null)
      return invalid('Only a caller with an API key sets metafields with the visibility APP', at('visibility'));
    if (value === undefined) return invalid('Send the value, or null to delete the metafield', at('value'));
    if (type === 'JSON' && value !== null && !isJson(value)) return invalid('The value is not valid JSON', at('value'));
    const ownerId = visibility === 'APP' && apiKeyId !== null ? apiKeyId : SHOP_OWNER;
    if (seen.has(`${ownerId} ${namespace} ${key}`)) return invalid('Name each metafield once', at('key'));
    seen.add(`${ownerId} ${namespace} ${key}`);
    planned.push({ ownerId, namespace, key, type: type ?? 'TEXT', value, visibility: visibility ?? 'STAFF' });
  }
  return ok(planned);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function invalid(message: string, field: readonly string[]) {
  return err(failure('INVALID_INPUT', message, field));
}
