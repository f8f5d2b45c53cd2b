import { expect, test } from '@jest/globals';
import { checkOptions, matchOptions, optionKey, optionsOf, variantName } from './option.ts';

const shirt = [
  { name: 'Size', values: ['S', 'M'] },
  { name: 'Color', values: ['Red', 'Blue'] },
];
const chosen = (...values: [string, string][]) => values.map(([name, value]) => ({ name, value }));

test('the options are read from the variants, in the order of their first use', () => {
  const variants = [
    { options: chosen(['Size', 'S'], ['Color', 'Red']) },
    { options: chosen(['Size', 'M'], ['Color', 'Red']) },
  ];
  expect(optionsOf(variants)).toEqual([
    { name: 'Size', values: ['S', 'M'] },
    { name: 'Color', values: ['Red'] },
  ]);
});

test("a variant's values come in the order of the product's options, so that equal combinations have equal keys", () => {
  const one = matchOptions(shirt, chosen(['Color', 'Blue'], ['Size', 'M']));
  const other = matchOptions(shirt, chosen(['Size', 'M'], ['Color', 'Blue']));
  expect(one).toEqual({ ok: true, value: chosen(['Size', 'M'], ['Color', 'Blue']) });
  expect(other).toEqual(one);
  expect(one.ok && optionKey(one.value)).toBe('[["Size","M"],["Color","Blue"]]');
});

test.each([
  ['lacks an option', chosen(['Size', 'M'])],
  ['has an option too many', chosen(['Size', 'M'], ['Color', 'Red'], ['Fit', 'Slim'])],
  ['names an option twice', chosen(['Size', 'M'], ['Size', 'S'])],
  ['has an unknown value', chosen(['Size', 'XXL'], ['Color', 'Red'])],
])('a variant that %s is refused', (_what, values) => {
  expect(matchOptions(shirt, values)).toMatchObject({
    ok: false,
    error: { code: 'INVALID_OPTIONS', field: ['options'] },
  });
});

test('a product without options has variants without values', () => {
  expect(matchOptions([], [])).toEqual({ ok: true, value: [] });
  expect(variantName([], 'Lamp')).toBe('Lamp');
  expect(variantName(chosen(['Size', 'M'], ['Color', 'Blue']), 'Shirt')).toBe('M / Blue');
});

test('options with equal names, equal values or no value are refused', () => {
  expect(checkOptions([...shirt, { name: 'Size', values: ['L'] }])).toMatchObject({ ok: false });
  expect(checkOptions([{ name: 'Size', values: ['S', 'S'] }])).toMatchObject({
    error: { field: ['options', '0', 'values'] },
  });
  expect(checkOptions([{ name: 'Size', values: [] }])).toMatchObject({ ok: false });
  expect(checkOptions(shirt)).toMatchObject({ ok: true });
});
