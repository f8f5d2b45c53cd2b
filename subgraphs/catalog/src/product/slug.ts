const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_LENGTH = 255;

/** Letters that a decomposition into letter and accent does not reach. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** Whether the text can be the last part of a shop's address: `cotton-shirt-2`. */
export function isSlug(text: string): boolean {
  return SLUG.test(text) && text.length <= MAX_LENGTH;
}

/** `slugFrom('Café “Noir”, 250 g')` is `cafe-noir-250-g`. Null when the name has no Latin letter or digit. */
export function slugFrom(name: string): string | null {
  const slug = name
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => SPELLED[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-|-$/g, '');
  return slug === '' ? null : slug;
}
