import { expect, test } from '@jest/globals';
import { connectionMaxima, openFilesIn, openFilesLimit } from './open-files.ts';

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units     
Max processes             256880               256880               processes 
Max open files            20000                524288               files     
Max locked memory         unlimited            unlimited            bytes     
`;

test('the soft limit of open files is read', () => {
  expect(openFilesIn(LIMITS)).toBe(20_000);
  expect(openFilesIn(LIMITS.replace('20000 ', 'unlimited '))).toBeNull();
});

test('the limit of this process is read where /proc exists', () => {
  if (process.platform === 'linux') expect(openFilesLimit()).not.toBe(0);
  else expect(openFilesLimit()).toBeNull();
});

test.each([
  [null, { maxConnections: 25_000, maxConnectionsPerAddress: 1000 }],
  [1_048_576, { maxConnections: 25_000, maxConnectionsPerAddress: 1000 }],
  [20_000, { maxConnections: 16_000, maxConnectionsPerAddress: 1000 }],
  [1024, { maxConnections: 768, maxConnectionsPerAddress: 192 }],
  [256, { maxConnections: 128, maxConnectionsPerAddress: 32 }],
])('with %s open files, the connection limits are %j', (openFiles, maxima) => {
  expect(connectionMaxima(openFiles)).toEqual(maxima);
});
