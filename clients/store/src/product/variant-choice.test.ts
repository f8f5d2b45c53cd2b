import { expect, test } from '@jest/globals';
import { choose, chosenVariant, firstChoice, valueState, type Choosable } from './variant-choice.ts';

const variant = (id: string, color: string, size: string, quantity: number): Choosable => ({
  id,
  options: [
    { name: 'Color', value: color },
    { name: 'Size', value: size },
  ],
  availability: { inStock: quantity > 0, quantity },
});
const VARIANTS = [variant('1', 'Sand', 'S', 0), variant('2', 'Sand', 'L', 3), variant('3', 'Moss', 'L', 1)];

test('a page opens with the first variant that is in stock', () => {
  expect(firstChoice(VARIANTS)).toEqual({ Color: 'Sand', Size: 'L' });
  expect(firstChoice([variant('1', 'Sand', 'S', 0)])).toEqual({ Color: 'Sand', Size: 'S' });
  expect(firstChoice([])).toEqual({});
});

test('a value is available, sold out, or impossible with the other choices', () => {
  const choice = { Color: 'Sand', Size: 'L' };
  expect(valueState(VARIANTS, choice, 'Color', 'Moss')).toBe('available');
  expect(valueState(VARIANTS, choice, 'Size', 'S')).toBe('soldOut');
  expect(valueState(VARIANTS, { Color: 'Moss', Size: 'L' }, 'Size', 'S')).toBe('otherChoices');
});

test('an impossible value changes the other choices, and never leaves the page without a variant', () => {
  const choice = choose(VARIANTS, { Color: 'Moss', Size: 'L' }, 'Size', 'S');
  expect(choice).toEqual({ Color: 'Sand', Size: 'S' });
  expect(chosenVariant(VARIANTS, choice)?.id).toBe('1');
});

test('a variant without options is always chosen', () => {
  expect(chosenVariant([{ id: '1', options: [], availability: null }], {})?.id).toBe('1');
});
