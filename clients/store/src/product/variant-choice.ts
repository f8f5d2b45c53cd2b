import type { Availability } from './stock.ts';

/** A value that a variant has for one of the product's options. */
export interface OptionValue {
  readonly name: string;
  readonly value: string;
}

/** A variant, as the choice of options needs it. */
export interface Choosable {
  readonly id: string;
  readonly options: readonly OptionValue[];
  readonly availability: Availability | null;
}

/** The chosen value of each option, by the option's name. */
export type Choice = Readonly<Record<string, string>>;

/** Whether a variant has the value together with the other choices: available, sold out, or no such variant. */
export type ValueState = 'available' | 'soldOut' | 'otherChoices';

const isSoldOut = ({ availability }: Choosable) => availability !== null && !availability.inStock;

/** Returns the variant whose options all have the chosen values. */
export function chosenVariant<Variant extends Choosable>(
  variants: readonly Variant[],
  choice: Choice,
): Variant | undefined {
  return variants.find(({ options }) => options.every(({ name, value }) => choice[name] === value));
}

/** Returns the choice with which a product page opens: the first variant in stock, else the first one. */
export function firstChoice(variants: readonly Choosable[]): Choice {
  const variant = variants.find((each) => !isSoldOut(each)) ?? variants[0];
  return Object.fromEntries((variant?.options ?? []).map(({ name, value }) => [name, value]));
}

/** Returns how a value can be chosen beside the present choice. */
export function valueState(variants: readonly Choosable[], choice: Choice, name: string, value: string): ValueState {
  const variant = chosenVariant(variants, { ...choice, [name]: value });
  if (!variant) return 'otherChoices';
  return isSoldOut(variant) ? 'soldOut' : 'available';
}

/**
 * Chooses a value. When no variant has the value together with the other choices, the other choices become those of a variant with the value.
 * A variant in stock is preferred.
 */
export function choose(variants: readonly Choosable[], choice: Choice, name: string, value: string): Choice {
  const next = { ...choice, [name]: value };
  if (chosenVariant(variants, next)) return next;
  const having = variants.filter(({ options }) => options.some((each) => each.name === name && each.value === value));
  return having.length > 0 ? firstChoice(having) : choice;
}
