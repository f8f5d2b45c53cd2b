import { describe, expect, test } from '@jest/globals';
import { changeTenantSettings, type TenantSettings } from './tenant-settings.ts';

const SETTINGS: TenantSettings = {
  name: 'Lamps',
  brandName: 'Lamps & Co',
  brandColor: null,
  mailSenderName: null,
  defaultLocale: 'de',
  locales: ['de', 'en'],
  timeZone: 'UTC',
};

describe('a change of settings', () => {
  test('keeps what it does not name, and removes what it sets to null', () => {
    const change = { name: 'Lights', brandName: null, brandColor: undefined };
    expect(changeTenantSettings(SETTINGS, change)).toEqual({
      ok: true,
      value: { ...SETTINGS, name: 'Lights', brandName: null },
    });
  });

  test('lists the default locale first, and each locale once in the form of BCP 47', () => {
    const change = { defaultLocale: 'DE-at', locales: ['en', 'EN', 'fr-fr'] };
    expect(changeTenantSettings(SETTINGS, change)).toMatchObject({
      value: { defaultLocale: 'de-AT', locales: ['de-AT', 'en', 'fr-FR'] },
    });
  });

  test.each([
    [{ timeZone: 'Europe/Atlantis' }, ['timeZone']],
    [{ timeZone: '+01:00' }, ['timeZone']],
    [{ timeZone: 'Europe/Berlin; drop' }, ['timeZone']],
    [{ locales: ['de', 'x_y'] }, ['locales', '1']],
    [{ defaultLocale: '' }, ['defaultLocale']],
  ])('%j is refused', (change, field) => {
    expect(changeTenantSettings(SETTINGS, change)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', field },
    });
  });

  test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])(
    '%s is a time zone',
    (timeZone) => {
      expect(changeTenantSettings(SETTINGS, { timeZone })).toMatchObject({ value: { timeZone } });
    },
  );
});
