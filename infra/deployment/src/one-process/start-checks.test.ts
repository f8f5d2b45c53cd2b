import { once } from 'node:events';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { takeDataFolder } from './data-folder.ts';
import { checkPort } from './port.ts';
import { dataFolderFailure, isDiskFull, otherVersionFailure } from './start-problems.ts';

const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'souk-data-'));
const failing = (code: string) => Object.assign(new Error(code), { code });

test('a port in use is reported with one that may be free', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo; // a TCP server always has this kind of address
  await expect(checkPort('127.0.0.1', port)).rejects.toThrow(
    `Port ${port} is in use. Stop the other program or start with PORT=${port + 1} npm start`,
  );
  other.close();
  await once(other, 'close');
  await expect(checkPort('127.0.0.1', port)).resolves.toBeUndefined();
});

test('a host of another machine is reported', async () => {
  await expect(checkPort('192.0.2.1', 0)).rejects.toThrow('HOST=192.0.2.1 is not an address of this machine');
});

test('a data folder is created with its log folder, and only one server may use it', async () => {
  const folder = join(temporaryFolder(), 'deep/.data');
  const lock = await takeDataFolder(folder);
  expect([folder, join(folder, 'logs')].map((each) => statSync(each).mode & 0o777)).toEqual([0o700, 0o700]);
  lock.note({ url: 'http://127.0.0.1:4000' });
  await expect(takeDataFolder(folder)).rejects.toThrow(
    `Souk already runs on the data folder ${folder} at http://127.0.0.1:4000 (process ${process.pid})`,
  );
  lock.release();
  (await takeDataFolder(folder)).release();
});

test('a start waits for a server that is stopping', async () => {
  const folder = temporaryFolder();
  const first = await takeDataFolder(folder);
  first.note({ stopping: true });
  const second = takeDataFolder(folder);
  first.release();
  (await second).release();
});

test('a data folder that is a file is reported with the remedy', async () => {
  const file = join(temporaryFolder(), 'data');
  writeFileSync(file, '');
  await expect(takeDataFolder(join(file, 'souk'))).rejects.toThrow(
    'is a file, or is inside one: choose another folder with SOUK_DATA_DIR=',
  );
});

test('a data folder that cannot be created is reported with the remedy', async () => {
  await expect(takeDataFolder('/proc/souk/data')).rejects.toThrow(
    'The data folder /proc/souk/data is not writable. Make it writable, or choose another folder with SOUK_DATA_DIR=',
  );
});

test.each([
  ['EROFS', 'is not writable'],
  ['ENOSPC', 'is full'],
  ['EIO', 'cannot be used (EIO)'],
])('%s of the data folder is one line with the remedy', (code, text) => {
  const { message } = dataFolderFailure(failing(code), '/data');
  expect(message).toContain(text);
  expect(message).toContain('SOUK_DATA_DIR=');
  expect(message).not.toContain('\n');
});

test('a full disk is recognized as the cause of a failed migration', () => {
  expect(isDiskFull(new Error('Migration failed', { cause: failing('53100') }))).toBe(true);
  expect(isDiskFull(new Error('Migration failed', { cause: failing('42601') }))).toBe(false);
});

test('data of another version of Souk is reported with the remedy', () => {
  const { message } = otherVersionFailure('orders/0001_orders.sql', { dataDir: '/data', databaseUrl: null });
  expect(message).toBe(
    'The data folder /data was made by another version of Souk (its orders/0001_orders.sql differs): ' +
      'move it away to begin with an empty one, or choose another folder with SOUK_DATA_DIR=/path/to/folder npm start',
  );
});
