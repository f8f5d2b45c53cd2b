import { err, ok, type Result } from '@souk/kit/domain';
import { hash } from 'node:crypto';

/**
 * The entity tag of a representation. With the version of what it shows it is `"v3-..."`, which can be sent back as
 * `If-Match`; without one it is weak. `request_id` is no part of it: it differs in every answer, and means nothing to caches.
 */
export function entityTag(text: string, version: number | null): string {
  const digest = hash('sha1', text, 'base64url');
  return version === null ? `W/"${digest}"` : `"v${version}-${digest}"`;
}

/** Whether the client has it already: `If-None-Match` compares weakly (RFC 9110, 13.1.2). */
export function hasAlready(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((each) => opaque(each) === opaque(tag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}

/**
 * The version that `If-Match` asks for; null for `*`, which any version fulfills. Proxies that compress weaken tags, so a
 * weak one is taken, too.
 */
export function versionOfIfMatch(ifMatch: string): Result<number | null, string> {
  if (ifMatch.trim() === '*') return ok(null);
  const version = /^(?:W\/)?"?v?(\d{1,9})(?:-[\w-]+)?"?$/.exec(ifMatch.trim())?.[1];
  return version === undefined
    ? err('If-Match must be the ETag of a GET of the same thing, such as "v3-...", or its version, such as "3"')
    : ok(Number(version));
}
