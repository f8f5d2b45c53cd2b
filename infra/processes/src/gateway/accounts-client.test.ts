import { expect, test } from '@jest/globals';
import { SubgraphUnavailableError } from '@souk/gateway';
import { systemClock } from '@souk/kit/domain';
import { ContextSigner } from '@souk/platform/http';
import { generateKeyPairSync } from 'node:crypto';
import { MockAgent } from 'undici';
import { accountsClient } from './accounts-client.ts';

const KEYS = { keys: [{ kty: 'RSA' }] };

function signer(): ContextSigner {
  const { privateKey } = generateKeyPairSync('ed25519');
  const privateKeyPem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  return new ContextSigner({ privateKeyPem, clock: systemClock });
}

/**
 * Creates a client for two processes of accounts. The process at `first.test` does not answer. The process at `second.test` returns
 * `status`.
 */
function clientOf(status: number) {
  const dispatcher = new MockAgent();
  dispatcher.disableNetConnect();
  const asked = { path: () => true };
  dispatcher.get('http://first.test').intercept(asked).replyWithError(new Error('connect ECONNREFUSED')).persist();
  dispatcher.get('http://second.test').intercept(asked).reply(status, KEYS).persist();
  return accountsClient({ urls: ['http://first.test', 'http://second.test'], signer: signer(), dispatcher });
}

test('the next process of accounts is asked when one does not answer', async () => {
  expect(await clientOf(200).keys()).toEqual(KEYS);
});

test('ended sessions are requested after a position, and each has its time', async () => {
  const dispatcher = new MockAgent();
  dispatcher.disableNetConnect();
  const [one, other] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  dispatcher
    .get('http://accounts.test')
    .intercept({ path: `/ended-sessions?time=2030-01-01T00%3A00%3A00.000Z&id=${one}` })
    .reply(200, { sessions: [{ sessionId: other, endedAt: '2030-01-01T00:00:01.000Z' }] });
  const client = accountsClient({ urls: ['http://accounts.test'], signer: signer(), dispatcher });
  expect(await client.sessionsEndedAfter({ endedAt: new Date('2030-01-01T00:00:00Z'), sessionId: one })).toEqual([
    { sessionId: other, endedAt: new Date('2030-01-01T00:00:01Z') },
  ]);
});

test('accounts is unavailable when none of its processes answers', async () => {
  await expect(clientOf(502).keys()).rejects.toThrow(SubgraphUnavailableError);
});
