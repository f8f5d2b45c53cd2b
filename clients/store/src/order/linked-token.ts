/**
 * Parses the access token from the link in an email, `#access=...`. Browsers do not send the fragment, so the token
 * does not appear in server logs.
 * @returns undefined when the URL has no such fragment
 */
export function linkedToken(hash: string): string | undefined {
  return new URLSearchParams(hash.slice(1)).get('access') ?? undefined;
}
