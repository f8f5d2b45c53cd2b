import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { takeLock, waitForLock } from '../../bootstrap/process-lock.mjs';

const lockFile = () => join(mkdtempSync(join(tmpdir(), 'souk-lock-')), 'server.lock');
const folderOf = (file: string) => readdirSync(join(file, '..'));

test('a lock in use returns its owner and the notes of the owner', () => {
  const file = lockFile();
  takeLock<{ url: string }>(file).note?.({ url: 'http://127.0.0.1:4000' });
  expect(takeLock<{ url: string }>(file).owner).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:4000' });
  expect(folderOf(file)).toEqual(['server.lock']);
});

test('a released lock is free, and leaves no file', () => {
  const file = lockFile();
  takeLock(file).release?.();
  expect(existsSync(file)).toBe(false);
  expect(takeLock(file).owner).toBeUndefined();
});

test('the lock of a process that has ended is free', () => {
  const file = lockFile();
  const { pid } = spawnSync('true');
  writeFileSync(file, JSON.stringify({ pid, birth: '1' }));
  expect(takeLock(file).owner).toBeUndefined();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
});

test('a process that reuses the id of an ended one does not hold its lock', () => {
  const file = lockFile();
  writeFileSync(file, JSON.stringify({ pid: process.pid, birth: 'another boot' }));
  expect(takeLock(file).owner).toBeUndefined();
});

test('an invalid lock file counts as free', () => {
  const file = lockFile();
  writeFileSync(file, 'half of a l');
  expect(takeLock(file).owner).toBeUndefined();
});

test('a waiting process gets the lock when it is released', async () => {
  const file = lockFile();
  const first = takeLock(file);
  const owners: number[] = [];
  const second = await waitForLock(file, {}, ({ pid }) => {
    owners.push(pid);
    first.release?.();
  });
  expect(owners).toEqual([process.pid]);
  second.release();
});
