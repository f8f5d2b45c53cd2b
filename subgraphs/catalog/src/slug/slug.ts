import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import anyAscii from 'any-ascii';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_LENGTH = 255;
/** The maximum length of a slug that is derived from a name. It leaves room for a number that distinguishes equal names. */
const MAX_LENGTH_FROM_NAME = MAX_LENGTH - 15;

/** Whether a text is a valid slug: lower case letters and digits with single dashes between them, such as `cotton-shirt-2`. */
export function isSlug(text: string): boolean {
  return SLUG.test(text) && text.length <= MAX_LENGTH;
}

/**
 * Derives a slug from a name. Letters of all scripts are transliterated: `Café “Noir”, 250 g` becomes `cafe-noir-250-g`, and `台灯` becomes
 * `taideng`.
 * Null when no letter or digit remains, as for `!!!`.
 */
export function slugFrom(name: string): string | null {
  const slug = anyAscii(name)
    .toLowerCase()
    .replace(/'/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, MAX_LENGTH_FROM_NAME)
    .replace(/-$/, '');
  return slug === '' ? null : slug;
}

/** Adds a number to a slug: `numbered('lamp', 2)` is `lamp-2`. The number 1 is left out. */
export function numbered(slug: string, number: number): string {
  return number === 1 ? slug : `${slug}-${number}`;
}

/** The given slug, otherwise a slug derived from the name. A name without letters and digits becomes `item`. */
export function slugOf({
  slug,
  name,
}: {
  readonly slug?: string | null;
  readonly name: string;
}): Result<string, Failure<'INVALID_INPUT'>> {
  const chosen = slug ?? slugFrom(name) ?? 'item';
  if (isSlug(chosen)) return ok(chosen);
  return err(
    failure('INVALID_INPUT', 'A slug consists of small letters a to z, digits and single dashes between them', [
      'slug',
    ]),
  );
}
