import { expect, test } from '@jest/globals';
import { configureZone, MAX_ZONE_PLACES, placesOf, type ShippingAreaDraft } from './shipping-zone.ts';

const zoneOf = (...areas: ShippingAreaDraft[]) => configureZone({ code: 'zone', name: 'Zone', areas });
const failuresOf = (area: ShippingAreaDraft) => {
  const zone = zoneOf(area);
  return zone.ok ? [] : zone.error.map(({ field, message }) => [field?.join('.'), message]);
};
const patterns = (countryCode: string, ...postalPatterns: string[]) => ({ countryCode, postalPatterns });

test.each([
  ['DE', '10115', '10115'],
  ['DE', ' 35 * ', '35*'],
  ['GB', 'ab1? *', 'AB1?*'],
  ['PL', '00-001', '00001'],
  ['DE', '10000..19999', '10000..19999'],
  ['GB', 'AB31..AB38*', 'AB31..AB38*'],
])('in %s the pattern "%s" is stored as %s', (countryCode, entered, stored) => {
  const zone = zoneOf(patterns(countryCode, entered));
  expect(zone.ok && zone.value.areas).toEqual([{ countryCode, region: null, postalPatterns: [stored] }]);
  // When another field of the zone is updated, the stored areas are validated again. They must therefore still be valid.
  expect(zone.ok && zoneOf(...zone.value.areas)).toEqual(zone);
});

test.each([
  ['DE', '35%', 'is no postal pattern'],
  ['DE', '3*5', 'is no postal pattern'],
  ['DE', '', 'is no postal pattern'],
  ['DE', '1'.repeat(21), 'is no postal pattern'],
  ['DE', '?????', 'fixes no letter'],
  ['DE', '10..2', 'different lengths'],
  ['DE', '20..10', 'ends before it begins'],
  ['AT', '1010-1099', 'two dots'],
])('in %s the pattern "%s" is refused: %s', (countryCode, entered, reason) => {
  expect(failuresOf(patterns(countryCode, entered))).toEqual([
    ['areas.0.postalPatterns.0', expect.stringContaining(reason)],
  ]);
});

test('a region or a pattern needs its country, and a zone has a maximum of patterns', () => {
  const field = ['areas.0.countryCode', expect.stringContaining('countryCode')];
  expect(failuresOf({ region: 'CA' })).toEqual([field]);
  expect(failuresOf({ postalPatterns: ['1*'] })).toEqual([field]);
  const codes = Array.from({ length: 500 }, (_each, index) => String(10_000 + index));
  const areas = Array.from({ length: 4 }, () => patterns('DE', ...codes));
  expect(placesOf(areas.map((area) => ({ ...area, region: null })))).toHaveLength(MAX_ZONE_PLACES);
  expect(zoneOf(...areas).ok).toBe(true);
  expect(zoneOf(...areas, { countryCode: 'FR' })).toMatchObject({ error: [{ field: ['areas'] }] });
});

test('a place is the more specific, the more of the address it fixes', () => {
  const places = [
    {},
    { countryCode: 'DE' },
    { countryCode: 'DE', region: 'BY' },
    patterns('DE', '1???*'),
    patterns('DE', '10000..19999'),
    { ...patterns('DE', '10000..19999'), region: 'BE' },
    patterns('DE', '12*'),
    patterns('DE', '12???'),
    patterns('DE', '10115'),
  ];
  const zone = zoneOf(...places);
  if (!zone.ok) throw new Error(JSON.stringify(zone.error));
  const ranks = placesOf(zone.value.areas).map(({ specificity }) => specificity);
  expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b));
});
