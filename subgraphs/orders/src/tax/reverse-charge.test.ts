import { expect, test } from '@jest/globals';
import { isReverseCharge } from './reverse-charge.ts';

test('the buyer accounts for the tax of goods between EU countries with a VAT id of a third or the destination country', () => {
  expect(isReverseCharge('DE', 'FR', 'FR40303265045')).toBe(true);
  expect(isReverseCharge('DE', 'FR', 'EL094259216')).toBe(true);
  expect(isReverseCharge('GR', 'FR', 'EL094259216')).toBe(false);
  expect(isReverseCharge('DE', 'DE', 'FR40303265045')).toBe(false);
  expect(isReverseCharge('DE', 'FR', 'DE129274202')).toBe(false);
  expect(isReverseCharge('DE', 'CH', 'FR40303265045')).toBe(false);
  expect(isReverseCharge('CH', 'FR', 'FR40303265045')).toBe(false);
  expect(isReverseCharge(null, 'FR', 'FR40303265045')).toBe(false);
  expect(isReverseCharge('DE', 'FR', null)).toBe(false);
});
