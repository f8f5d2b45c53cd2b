/**
 * The access token in the link of a mail, `#access=...`. A fragment never reaches a server or its logs.
 * @returns undefined for a page without such a fragment
 */
export function linkedToken(hash: string): string | undefined {
  return new URLSearchParams(hash.slice(1)).get('access') ?? undefined;
}
