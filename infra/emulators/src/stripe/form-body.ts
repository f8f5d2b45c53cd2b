/** A decoded parameter: a text, an array, or an object. */
export type Parameter = string | readonly Parameter[] | { readonly [name: string]: Parameter };
export type Parameters = { readonly [name: string]: Parameter };

/**
 * Decodes the form encoding of Stripe's API: `metadata[order]=1` is an object, `expand[0]=charge` and `expand[]=charge`
 * are arrays (docs.stripe.com/api).
 */
export function readForm(body: string): Parameters {
  const root: Draft = new Map();
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.split('[').map((part) => part.replace(/\]$/, ''));
    put(root, path, value);
  }
  return finished(root) as Parameters;
}

type Draft = Map<string, Draft | string>;

function put(draft: Draft, [name = '', ...rest]: readonly string[], value: string): void {
  const key = name === '' ? String(draft.size) : name;
  if (rest.length === 0) {
    draft.set(key, value);
    return;
  }
  const present = draft.get(key);
  const inner: Draft = present instanceof Map ? present : new Map();
  draft.set(key, inner);
  put(inner, rest, value);
}

function finished(draft: Draft | string): Parameter {
  if (typeof draft === 'string') return draft;
  const entries = [...draft].map(([name, value]) => [name, finished(value)] as const);
  const isList = entries.length > 0 && entries.every(([name], index) => name === String(index));
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
