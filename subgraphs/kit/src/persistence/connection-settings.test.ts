import { createServer, Socket, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { until } from '../testing/index.ts';
import { SAMPLE_ENTITIES } from '../testing/sample/sample.entity.ts';
import { isLostConnection } from './database-outage.ts';
import { openOrm, OutboxRelay } from './index.ts';

/** A server that accepts connections and never answers. */
const silent = createServer((socket) => sockets.push(socket));
const sockets: Socket[] = [];
let url: string;
const setKeepAlive = jest.spyOn(Socket.prototype, 'setKeepAlive');

beforeEach(async () => {
  await new Promise<void>((listens) => silent.listen(0, '127.0.0.1', listens));
  url = `postgres://app:secret@127.0.0.1:${(silent.address() as AddressInfo).port}/souk`;
  setKeepAlive.mockClear();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((closed) => silent.close(closed));
});

test('idle connections of the pool are probed', async () => {
  const orm = await openOrm({ url, schema: 'sample', entities: SAMPLE_ENTITIES });
  const failing: Promise<unknown> = orm.em.execute('select 1').catch((error: unknown) => error);
  await until(() => sockets.length > 0);
  for (const socket of sockets) socket.destroy();
  expect(isLostConnection(await failing)).toBe(true);
  expect(setKeepAlive).toHaveBeenCalledWith(true, 10_000);
  await orm.close();
});

test('the relay times out on a silent database, and its idle connections are probed', async () => {
  const failures: unknown[] = [];
  const relay = new OutboxRelay({
    url,
    schema: 'sample',
    publish: () => Promise.resolve(),
    onError: (error) => failures.push(error),
  });
  relay.start();
  await until(() => failures.length > 0);
  expect(isLostConnection(failures[0])).toBe(true);
  expect(setKeepAlive).toHaveBeenCalledWith(true, 10_000);
  for (const socket of sockets) socket.destroy();
  await relay.stop();
});
