import { generateKeyPairSync } from 'node:crypto';
import type { MessageKeyFiles } from '../index.ts';

const pairs = new Map<string, { readonly publicKey: string; readonly privateKey: string }>();

/**
 * The keys of a process called `name`, with the public keys of itself and of `peers`. All processes with the same name have the same keys.
 */
export function testKeys(name: string, peers: readonly string[] = []): MessageKeyFiles {
  return {
    name,
    privateKeyPem: pairOf(name).privateKey,
    publicKeyPems: new Map([name, ...peers].map((each) => [each, pairOf(each).publicKey])),
  };
}

function pairOf(name: string) {
  const present = pairs.get(name);
  if (present) return present;
  const made = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
    publicKeyEncoding: { format: 'pem', type: 'spki' },
  });
  pairs.set(name, made);
  return made;
}
