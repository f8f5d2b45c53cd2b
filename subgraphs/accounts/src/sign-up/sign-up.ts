import { isUuid } from '@souk/kit/domain';
import { RESERVED_SLUGS } from './reserved-slug.policy.ts';

/** The reason why a text cannot be the slug of a new shop. */
export type SlugProblem = 'MALFORMED' | 'RESERVED';

const SHORTEST = 3;
const LONGEST = 40;
/** The slug is a label of a host name. `--` is refused, because `xn--` starts a name in another script, which could imitate a shop. */
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const SUGGESTIONS = 20;

/** Checks a slug without a look-up. Null for a valid slug, which another shop may still have. */
export function slugProblem(slug: string): SlugProblem | null {
  // The header X-Tenant-ID takes slugs and ids, so a slug must not look like the id of another shop.
  const fits = slug.length >= SHORTEST && slug.length <= LONGEST && SLUG.test(slug) && !isUuid(slug);
  if (!fits) return 'MALFORMED';
  return RESERVED_SLUGS.has(slug) ? 'RESERVED' : null;
}

/** Slugs similar to a slug or a name, the best first. Each of them is well-formed and not reserved. */
export function slugSuggestions(wanted: string): readonly string[] {
  const ascii = wanted.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const cut = trimmed(ascii.replaceAll(/[^a-z0-9]+/g, '-')).slice(0, LONGEST - '-shop-99'.length);
  const stem = trimmed(cut) || 'my';
  const numbered = Array.from({ length: SUGGESTIONS }, (_, n) => `${stem}-${n + 2}`);
  return [stem, `${stem}-shop`, ...numbered].filter((slug) => slugProblem(slug) === null);
}

function trimmed(text: string): string {
  return text.replaceAll(/^-+|-+$/g, '');
}
