import type { DemoOptionValue } from './demo.types.ts';

const PACKAGING_GRAMS = 30;
const GRAMS = { g: 1, kg: 1000 } as const;

/**
 * The weight of a variant with its packaging, in grams, read from an option such as `250 g`. Null when no option is a
 * weight.
 */
export function weightOf(options: readonly DemoOptionValue[]): number | null {
  const weight = options.find(({ name }) => name === 'Weight')?.value;
  const [, number, unit] = /^(\d+) (k?g)$/.exec(weight ?? '') ?? [];
  return unit === 'g' || unit === 'kg' ? Number(number) * GRAMS[unit] + PACKAGING_GRAMS : null;
}
