import { expect, test } from '@jest/globals';
import { fastify } from 'fastify';
import { acceptsBytes, sendBytes } from './bytes-answer.ts';

test('a file is sent as its bytes, for one caller, with a name that is safe in a header', async () => {
  const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff]);
  const app = fastify();
  const data = { name: 'INV/2026"\r\n1.pdf', content: bytes.toString('base64') };
  app.get('/', (_request, reply) => sendBytes(reply, 'application/pdf', data));
  const answer = await app.inject('/');
  expect(answer.rawPayload.equals(bytes)).toBe(true);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="INV-2026---1.pdf"',
    'cache-control': 'private, no-store',
  });
  await app.close();
});

test('a caller that accepts the type of the file need not accept JSON', () => {
  expect(acceptsBytes('application/pdf', 'application/pdf')).toBe(true);
  expect(acceptsBytes('application/json', 'application/pdf')).toBe(true);
  expect(acceptsBytes('text/html', 'application/pdf')).toBe(false);
});
