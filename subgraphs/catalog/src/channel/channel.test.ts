import { expect, test } from '@jest/globals';
import { changeChannel, checkDeletion, MAX_CHANNELS, newChannel, type ChannelSettings } from './channel.ts';

const DRAFT = { code: 'web', name: 'Web shop' };
const WEB: ChannelSettings = { ...DRAFT, active: true, isDefault: true };
const codeOf = (result: ReturnType<typeof changeChannel>) => (result.ok ? null : result.error.code);

test('the first channel of a shop is the default, others on request', () => {
  expect(newChannel({ ...DRAFT, isDefault: false }, 0)).toEqual({ ok: true, value: WEB });
  expect(newChannel(DRAFT, 1)).toEqual({ ok: true, value: { ...WEB, isDefault: false } });
  expect(newChannel({ ...DRAFT, isDefault: true }, 1)).toEqual({ ok: true, value: WEB });
});

test('a shop has a maximum number of channels, and each code has a form', () => {
  expect(codeOf(newChannel(DRAFT, MAX_CHANNELS))).toBe('CHANNEL_LIMIT_REACHED');
  expect(codeOf(newChannel({ ...DRAFT, code: 'Web shop' }, 1))).toBe('INVALID_INPUT');
});

test('the default channel stays active and the default', () => {
  expect(codeOf(newChannel({ ...DRAFT, active: false }, 0))).toBe('CHANNEL_IS_DEFAULT');
  expect(codeOf(changeChannel(WEB, { active: false }))).toBe('CHANNEL_IS_DEFAULT');
  expect(codeOf(changeChannel(WEB, { isDefault: false }))).toBe('CHANNEL_IS_DEFAULT');
  expect(codeOf(changeChannel({ ...WEB, isDefault: false, active: false }, { isDefault: true }))).toBe(
    'CHANNEL_IS_DEFAULT',
  );
  expect(changeChannel(WEB, { name: 'Shop' })).toEqual({ ok: true, value: { ...WEB, name: 'Shop' } });
});

test('the default channel can be deleted only as the last', () => {
  expect([checkDeletion(WEB, 2).ok, checkDeletion(WEB, 1).ok]).toEqual([false, true]);
  expect(checkDeletion({ ...WEB, isDefault: false }, 2).ok).toBe(true);
});
