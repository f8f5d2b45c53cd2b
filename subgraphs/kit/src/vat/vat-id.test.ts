import { expect, test } from '@jest/globals';
import { err, ok } from '../domain/index.ts';
import { EU_COUNTRIES, readVatId } from './vat-id.ts';

/** Published VAT ids, and the examples of the library python-stdnum. */
const VALID =
  `ATU13585627 BE0203201340 BE0428759497 BE1000000021 BG175074752 BG7523169263 CY10259033P CZ25123891 CZ7103192745 CZ640903926
  DE136695976 DE129274202 DK13585628 EE100931558 EL094259216 ESJ99216582 ESA15075062 ESX2482300W FI20774740 FR40303265045 FR23334175221
  HR33392005961 HU12892312 IE6433435F IE6433435OA IE8D79739I IE6388047V IT00743110157 LT119511515 LT100001919017 LU15027442 LV40003521600
  LV16117519997 MT11679112 NL004495445B01 NL123456789B13 PL8567346215 PT501964843 RO18547290 SE123456789701 SI50223054 SK2022749619`
    .split(/\s+/)
    .map((text) => text.trim());

test('a VAT id of every EU country is read', () => {
  const countries = VALID.map((text) => {
    const read = readVatId(text);
    return read.ok && read.value.text === text ? read.value.countryCode : text;
  });
  expect(EU_COUNTRIES.size).toBe(27);
  expect(new Set(countries)).toEqual(EU_COUNTRIES);
});

test('one wrong digit makes a VAT id invalid', () => {
  const formatOnly = /^(BG\d{10}|CZ6\d{8})$/;
  const accepted = VALID.filter((text) => !formatOnly.test(text)).filter((text) => {
    const at = [...text.matchAll(/\d/g)][2]?.index ?? 0;
    const wrong = `${text.slice(0, at)}${(Number(text.at(at)) + 5) % 10}${text.slice(at + 1)}`;
    return readVatId(wrong).ok;
  });
  expect(accepted).toEqual([]);
});

test('spaces, dots, hyphens and letter case do not matter', () => {
  expect(readVatId(' be 0203.201-340 ')).toEqual(ok({ text: 'BE0203201340', countryCode: 'BE' }));
});

test.each([
  ['GB980780684', 'PREFIX'],
  ['GR094259216', 'PREFIX'],
  ['129274202', 'PREFIX'],
  ['', 'PREFIX'],
  ['DE', 'NUMBER'],
  ['DE12927420', 'NUMBER'],
  ['DE1292742020', 'NUMBER'],
  ['DEDE129274202', 'NUMBER'],
  ['DE１２９２７４２０２', 'NUMBER'],
] as const)('%s is refused: %s', (text, problem) => {
  expect(readVatId(text)).toEqual(err(problem));
});
