import { expect, test } from '@jest/globals';
import { isLocal } from './local-request.ts';

const from = (remoteAddress: string | undefined, headers = {}) =>
  isLocal({ socket: { remoteAddress }, headers: { host: 'localhost:4000', ...headers } });

test.each(['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) => {
  expect(from(address)).toBe(true);
});

test.each(['10.0.0.1', '172.17.0.1', '::ffff:10.0.0.1', '2001:db8::1', '::', '', undefined])('%s is not', (address) => {
  expect(from(address)).toBe(false);
});

test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])(
  'a local proxy that sends %s forwards for others',
  (name) => {
    expect(from('127.0.0.1', { [name]: '127.0.0.1' })).toBe(false);
  },
);

test.each(['localhost', 'LOCALHOST:80', '127.0.0.1:4000', '[::1]', '[::1]:4000'])('the host %s is this one', (host) => {
  expect(from('127.0.0.1', { host })).toBe(true);
});

test.each(['evil.example', 'localhost.evil.example:4000', '127.0.0.1.evil.example', 'acme.localhost', '', undefined])(
  'the host %s is not local, although it may resolve to this machine',
  (host) => {
    expect(from('127.0.0.1', { host })).toBe(false);
  },
);

test.each([
  ['none', true],
  ['same-origin', true],
  ['same-site', false],
  ['cross-site', false],
  ['', false],
])('a browser with Sec-Fetch-Site: %s is local: %s', (site, local) => {
  expect(from('127.0.0.1', { 'sec-fetch-site': site })).toBe(local);
});
