import anyAscii from 'any-ascii';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_LENGTH = 255;
/** The maximum length of a slug from a name. It leaves room for the number that distinguishes objects with equal names. */
const MAX_LENGTH_FROM_NAME = MAX_LENGTH - 15;

/** Whether the text is a valid last part of a shop's address: `cotton-shirt-2`. */
export function isSlug(text: string): boolean {
  return SLUG.test(text) && text.length <= MAX_LENGTH;
}

/**
 * Derives a slug from a name. `slugFrom('Café “Noir”, 250 g')` is `cafe-noir-250-g`, and `slugFrom('台灯')` is `taideng`, because letters of
 * every script are transliterated. Null when no character remains, as for `!!!`.
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

/** Adds a number to a slug: `numbered('lamp', 2)` is `lamp-2`. The number 1 is omitted. */
export function numbered(slug: string, number: number): string {
  return number === 1 ? slug : `${slug}-${number}`;
}
