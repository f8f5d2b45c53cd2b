import type { Availability } from './stock.ts';

/** An option with the value that a variant has. */
export interface OptionValue {
  readonly name: string;
  readonly value: string;
}

/** The fields of a variant from which options are chosen. */
export interface Choosable {
  readonly id: string;
  readonly options: readonly OptionValue[];
  readonly availability: Availability | null;
}

/** The chosen value of each option, by the option's name. */
export type Choice = Readonly<Record<string, string>>;

/** The state of a value in combination with the other choices: available, sold out, or not combinable. */
export type ValueState = 'available' | 'soldOut' | 'otherChoices';

const isSoldOut = ({ availability }: Choosable) => availability !== null && !availability.inStock;

/** Returns the variant that has the chosen value of each option. */
export function chosenVariant<Variant extends Choosable>(
  variants: readonly Variant[],
  choice: Choice,
): Variant | undefined {
  return variants.find(({ options }) => options.every(({ name, value }) => choice[name] === value));
}

/** Returns the initial choice of a product page: the first variant in stock, otherwise the first variant. */
export function firstChoice(variants: readonly Choosable[]): Choice {
  const variant = variants.find((each) => !isSoldOut(each)) ?? variants[0];
  return Object.fromEntries((variant?.options ?? []).map(({ name, value }) => [name, value]));
}

/** Returns the state of a value in combination with the current choice. */
export function valueState(variants: readonly Choosable[], choice: Choice, name: string, value: string): ValueState {
  const variant = chosenVariant(variants, { ...choice, [name]: value });
  if (!variant) return 'otherChoices';
  return isSoldOut(variant) ? 'soldOut' : 'available';
}

/**
 * Chooses a value. When no variant combines the value with the other choices, the other choices change to the options
 * of a variant that has the value. A variant in stock is preferred.
 */
export function choose(variants: readonly Choosable[], choice: Choice, name: string, value: string): Choice {
  const next = { ...choice, [name]: value };
  if (chosenVariant(variants, next)) return next;
  const having = variants.filter(({ options }) => options.some((each) => each.name === name && each.value === value));
  return having.length > 0 ? firstChoice(having) : choice;
}
