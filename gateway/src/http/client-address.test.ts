import { expect, test } from '@jest/globals';
import { clientAddress, trustOf } from './client-address.ts';

const trusts = trustOf(['loopback', '10.0.0.0/8']);
const addressOf = (forwarded: string | undefined, remoteAddress = '127.0.0.1') =>
  clientAddress(
    { headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, socket: { remoteAddress } },
    trusts,
  );

test.each([
  [undefined, '127.0.0.1'],
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:1234', '203.0.113.9'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['"[2001:db8::1]:4711"', '2001:db8::1'],
  ['203.0.113.1, 203.0.113.9:1234, 10.0.0.7:80', '203.0.113.9'],
])('X-Forwarded-For: %s is %s', (forwarded, address) => {
  expect(addressOf(forwarded)).toBe(address);
});

test.each(['garbage', '203.0.113.9:port', '203.0.113', '', '_hidden', '1.2.3.4.5', '203.0.113.9, unknown'])(
  'X-Forwarded-For: %s is not an address: the address of the proxy that wrote it counts',
  (forwarded) => {
    expect(addressOf(forwarded)).toBe('127.0.0.1');
    expect(addressOf(`${forwarded}, 10.0.0.7`)).toBe('10.0.0.7');
  },
);

test('a client that is not a trusted proxy cannot claim another address', () => {
  expect(addressOf('203.0.113.9', '198.51.100.1')).toBe('198.51.100.1');
  expect(
    clientAddress(
      { headers: { 'x-forwarded-for': '203.0.113.9' }, socket: { remoteAddress: '127.0.0.1' } },
      trustOf([]),
    ),
  ).toBe('127.0.0.1');
});
