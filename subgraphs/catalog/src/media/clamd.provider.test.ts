import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { clamdScanner } from './clamd.provider.ts';
import { startClamdServer, type ClamdServer } from './testing/clamd-server.ts';

const MARKER = 'harmless marker';
let clamd: ClamdServer;
beforeAll(async () => {
  clamd = await startClamdServer(MARKER);
});
afterAll(() => clamd.stop());

test('clamd decides, also about content of many chunks', async () => {
  const { isClean } = clamdScanner({ host: '127.0.0.1', port: clamd.port });
  const large = Buffer.alloc(200_000, 'x');
  expect(await isClean(Buffer.from('a picture'))).toBe(true);
  expect(await isClean(large)).toBe(true);
  expect(await isClean(Buffer.concat([large, Buffer.from(MARKER), large]))).toBe(false);
});

test('no file passes when clamd is away, silent or confused', async () => {
  const away = clamdScanner({ host: '127.0.0.1', port: 1 });
  await expect(away.isClean(Buffer.from('x'))).rejects.toThrow('ECONNREFUSED');
  const server = createServer((socket) =>
    socket.on('error', () => undefined).end('INSTREAM size limit exceeded. ERROR\0'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(clamdScanner({ host: '127.0.0.1', port }).isClean(Buffer.from('x'))).rejects.toThrow(
    /size limit|EPIPE|ECONNRESET/,
  );
  server.close();
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const place = { host: '127.0.0.1', port: (silent.address() as AddressInfo).port, timeoutMs: 20 };
  await expect(clamdScanner(place).isClean(Buffer.from('x'))).rejects.toThrow('did not answer in time');
  silent.close();
});
