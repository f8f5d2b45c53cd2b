import type { JSONWebKeySet, JWK } from 'jose';

const PUBLIC_MEMBERS = ['kty', 'use', 'alg', 'kid', 'n', 'e'] as const;

/** The public members of the set's RSA keys. Private members are dropped, because they must never be published. */
export function publicKeys({ keys }: JSONWebKeySet): JSONWebKeySet {
  return { keys: keys.filter(({ kty }) => kty === 'RSA').map(publicMembers) };
}

function publicMembers(key: JWK): JWK {
  return Object.fromEntries(PUBLIC_MEMBERS.filter((name) => key[name] !== undefined).map((name) => [name, key[name]]));
}
