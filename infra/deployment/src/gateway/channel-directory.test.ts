import { expect, jest, test } from '@jest/globals';
import { channelDirectory } from './channel-directory.ts';

const WEB = { id: 'a', code: 'web', active: true, isDefault: true };
const OUTLET = { id: 'b', code: 'outlet', active: false, isDefault: false };

test('a channel is found by its code, the default channel without a code, and an inactive channel not at all', async () => {
  const directory = channelDirectory({ channelsOf: async () => [WEB, OUTLET] });
  const found = ['web', null, 'outlet', 'other'].map((code) => directory.channelOf('acme', code));
  expect(await Promise.all(found)).toEqual(['a', 'a', null, null]);
});

test('the channels of a tenant are requested once, and again after a change', async () => {
  const channelsOf = jest.fn(async () => [WEB, OUTLET]);
  const directory = channelDirectory({ channelsOf });
  expect([await directory.channelOf('acme', 'web'), await directory.channelOf('acme', 'outlet')]).toEqual(['a', null]);
  expect(channelsOf).toHaveBeenCalledTimes(1);
  directory.forget('acme');
  channelsOf.mockResolvedValueOnce([{ ...OUTLET, active: true }]);
  expect(await directory.channelOf('acme', 'outlet')).toBe('b');
});
