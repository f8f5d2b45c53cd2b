const DEFAULT_LOCALE = 'en';

/** The preferred language of an `Accept-Language` header as a BCP 47 tag (RFC 9110, section 12.5.4). */
export function preferredLocale(acceptLanguage: string | undefined): string {
  const [best] = (acceptLanguage ?? '')
    .split(',')
    .map(weightedTag)
    .filter(({ weight, tag }) => weight > 0 && tag !== '*' && tag !== '')
    .sort((one, other) => other.weight - one.weight);
  return best ? canonical(best.tag) : DEFAULT_LOCALE;
}

function weightedTag(part: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = part.split(';').map((each) => each.trim());
  const weight = parameters.find((each) => each.startsWith('q='))?.slice(2);
  return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
}

function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? DEFAULT_LOCALE;
  } catch {
    return DEFAULT_LOCALE; // a malformed language tag does not refuse a request
  }
}
