import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { decimalAmount, lineTotal, moneyFromDecimal } from '@souk/kit/domain';
import { STARTER_RATES, STARTER_RATES_DATE, starterZones } from './starter-rates.ts';
import { taxByRates, type TaxRules } from './tax-calculation.ts';
import { percentOf } from './tax-zone-settings.ts';
import { TAX_ROUNDINGS, type TaxRate } from './tax.ts';
import { EU_COUNTRIES, readVatId } from '@souk/kit/vat';

const PAGE = readFileSync(new URL('../../../../docs/tax.md', import.meta.url), 'utf8');

/** The rows of the Markdown table below a heading, as cells. */
function rowsUnder(heading: string): string[][] {
  const [section = ''] = PAGE.slice(PAGE.indexOf(`## ${heading}`) + 3).split('\n## ');
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const rate = (category: string, millionths: number): TaxRate => {
  return { category, name: 'VAT', millionths, from: null, until: null };
};

function rulesOf(prices: string, named: string): TaxRules {
  const rounding = TAX_ROUNDINGS.find((each) => each === named);
  if (!rounding) throw new Error(`docs/tax.md: ${named} is no rounding`);
  return {
    pricesIncludeTax: prices.startsWith('included'),
    isReverseCharge: prices.endsWith('reverse'),
    rounding,
    zone: 'Germany',
    rates: [rate('standard', 190_000), rate('reduced', 70_000)],
    treatments: new Map(),
  };
}

function lineOf(text: string, currency: string) {
  const [, units = '', price = '', category = ''] = /^(\d+) × ([\d.]+) (\w+)$/.exec(text) ?? [];
  return { amount: lineTotal(price, Number(units), currency), quantity: Number(units), category };
}

test.each(rowsUnder('Vectors'))(
  '%s, prices with tax %s, rounding %s: %s, shipping %s',
  (currency = '', prices = '', rounding = '', lines = '', shipping = '', ...expected) => {
    const goods = lines.split(', ').map((each) => lineOf(each, currency));
    const sale = { currency, lines: goods, shipping: moneyFromDecimal(shipping, currency) };
    const { net, tax, gross } = taxByRates(rulesOf(prices, rounding))(sale).total;
    expect([net, tax, gross].map(decimalAmount)).toEqual(expected);
  },
);

test('the page has vectors', () => {
  expect(rowsUnder('Vectors').length).toBeGreaterThanOrEqual(17);
});

test.each(rowsUnder('Companies in other EU countries'))('the VAT id %s is %s', (text = '', result) => {
  const read = readVatId(text.replaceAll('`', ''));
  expect(read.ok ? read.value.countryCode : read.error).toBe(result);
});

test('the starter rates are those of the page', () => {
  const rows = STARTER_RATES.map(({ countryCode, name, source }) => {
    const rates = starterZones([countryCode]).flatMap((zone) => zone.rates);
    return [`${name} (${countryCode})`, rates.map(shown).join('; '), source];
  });
  expect(rowsUnder('Starter rates')).toEqual(rows);
  expect(PAGE).toContain(`the rates of ${STARTER_RATES_DATE}`);
});

test('every EU country has starter rates, and no country has two', () => {
  const countries = STARTER_RATES.map(({ countryCode }) => countryCode);
  expect(new Set(countries).size).toBe(countries.length);
  expect([...EU_COUNTRIES].filter((each) => !countries.includes(each))).toEqual([]);
});

function shown({ category, name, millionths, from }: TaxRate): string {
  return `${category} ${name} ${percentOf(millionths)} %${from ? ` from ${from}` : ''}`;
}
