import { err, ok, type Result } from '@souk/kit/domain';
import { hash } from 'node:crypto';

/**
 * The entity tag of a representation. With a version the tag is `"v3-..."`, and clients may send it back as `If-Match`. Without a version
 * the tag is weak. The text must not contain `request_id`, which differs in every answer.
 */
export function entityTag(text: string, version: number | null): string {
  const digest = hash('sha1', text, 'base64url');
  return version === null ? `W/"${digest}"` : `"v${version}-${digest}"`;
}

/** Whether the client has the representation already. `If-None-Match` compares weakly (RFC 9110, 13.1.2). */
export function hasAlready(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((each) => opaque(each) === opaque(tag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}

/**
 * The version that `If-Match` requires. Null for `*`, which matches any version. A weak tag is accepted too, because a proxy that
 * compresses an answer makes the tag weak.
 */
export function versionOfIfMatch(ifMatch: string): Result<number | null, string> {
  if (ifMatch.trim() === '*') return ok(null);
  const version = /^(?:W\/)?"?v?(\d{1,9})(?:-[\w-]+)?"?$/.exec(ifMatch.trim())?.[1];
  return version === undefined
    ? err('If-Match must be the ETag of a GET of the same thing, such as "v3-...", or its version, such as "3"')
    : ok(Number(version));
}
