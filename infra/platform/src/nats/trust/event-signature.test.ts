import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { EventVerifier, signEvents } from './event-signature.ts';
import { MessageKeys } from './message-keys.ts';

/** The private key of RFC 8032, section 7.1, test 1, after the prefix of its PKCS8 form (RFC 8410, section 7). */
const PRIVATE_KEY =
  '302e020100300506032b657004220420' + '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';

const ALONE =
  'BuP9j9opu2CrWVV9 kzQT-kJwW7mPh7Niz1lUKjCm12BAnHsENQ7Ev_K4oV-dxjsid6Ys-8wceHe4AnU85yGO9rsxCdihjBlijUjTCQ 0/1 -';
const SIGNER =
  'BuP9j9opu2CrWVV9 vZEQTCQ0QX7UKJ0l60ikju4kdcRjHT2s2s-aJMxxMQdXHrVlgSX7UkgWVkZR4picnussKTBWY7ZQ-atQGjIHBQ';
const TOGETHER = [
  `${SIGNER} 0/3 V-s1YV1H807HFMrN9f10YIpejhAnJOgLJLKHwMJ7ajFZf8sxKC00ZUwgDTQY_KVwXGSOvzJuxz2N3vEYQfh22A`,
  `${SIGNER} 1/3 Aippeebat6pa5MPl5F9-l3ESp-Y1k4INvsHsc4ok-TxZf8sxKC00ZUwgDTQY_KVwXGSOvzJuxz2N3vEYQfh22A`,
  `${SIGNER} 2/3 sTeYX_SE-2ANuTEHx3sDZcgNePW0Kd7Q_Zc2HQd5mes`,
];

test('the headers are those of earlier versions, whose events stay in the streams for days', () => {
  const key = createPrivateKey({ key: Buffer.from(PRIVATE_KEY, 'hex'), format: 'der', type: 'pkcs8' });
  const publicKeyPem = String(createPublicKey(key).export({ type: 'spki', format: 'pem' }));
  const keys = new MessageKeys({
    name: 'orders',
    privateKeyPem: String(key.export({ type: 'pkcs8', format: 'pem' })),
    publicKeyPems: new Map([['orders', publicKeyPem]]),
  });
  expect(signEvents(keys, ['a'])).toEqual([ALONE]);
  expect(signEvents(keys, ['a', 'b', 'c'])).toEqual(TOGETHER);
  const verifier = new EventVerifier(keys);
  expect(verifier.verify('orders', 'a', ALONE)).toBe(true);
  expect(['a', 'b', 'c'].map((body, place) => verifier.verify('orders', body, TOGETHER[place] ?? ''))).toEqual([
    true,
    true,
    true,
  ]);
});
