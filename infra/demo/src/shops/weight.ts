import type { DemoOptionValue } from './demo.types.ts';

/** The weight of the packaging of a unit. */
const PACKAGING_GRAMS = 30;
const GRAMS = { g: 1, kg: 1000 } as const;

/** The weight of a variant that is sold by weight, in grams with its packaging. Null: not sold by weight. */
export function weightOf(options: readonly DemoOptionValue[]): number | null {
  const weight = options.find(({ name }) => name === 'Weight')?.value;
  const [, number, unit] = /^(\d+) (k?g)$/.exec(weight ?? '') ?? [];
  return unit === 'g' || unit === 'kg' ? Number(number) * GRAMS[unit] + PACKAGING_GRAMS : null;
}
