import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

/** A property in which the variants of a product differ, such as "Size", with its values in display order. */
export interface ProductOption {
  readonly name: string;
  readonly values: readonly string[];
}

/** The value of one option in a variant, such as Size: M. */
export interface OptionValue {
  readonly name: string;
  readonly value: string;
}

/** Returned when options and variants do not match. */
export type InvalidOptions = Failure<'INVALID_OPTIONS'>;

/**
 * Derives the options of a product from its variants, in the order in which they first occur. Used when a product has no explicit options.
 */
export function optionsOf(variants: readonly { readonly options: readonly OptionValue[] }[]): ProductOption[] {
  const values = new Map<string, Set<string>>();
  for (const { name, value } of variants.flatMap((variant) => variant.options)) {
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  return [...values].map(([name, found]) => ({ name, values: [...found] }));
}

/** Checks that the options have distinct names, and that the values of each option are distinct. */
export function checkOptions(options: readonly ProductOption[]): Result<void, InvalidOptions> {
  if (hasDuplicates(options.map(({ name }) => name)))
    return err(failure('INVALID_OPTIONS', 'Two options have the same name', ['options']));
  const repeating = options.findIndex(({ values }) => hasDuplicates(values) || values.length === 0);
  if (repeating >= 0)
    return err(
      failure('INVALID_OPTIONS', 'An option needs at least one value, and its values must differ', [
        'options',
        `${repeating}`,
        'values',
      ]),
    );
  return ok(undefined);
}

/**
 * Sorts the option values of a variant in the order of the product's options. Returns a failure unless the variant has exactly one allowed
 * value for each option.
 */
export function matchOptions(
  options: readonly ProductOption[],
  chosen: readonly OptionValue[],
): Result<OptionValue[], InvalidOptions> {
  const byName = new Map(chosen.map(({ name, value }) => [name, value]));
  if (
    byName.size !== chosen.length ||
    chosen.length !== options.length ||
    !options.every(({ name }) => byName.has(name))
  )
    return err(
      failure('INVALID_OPTIONS', `A variant of this product has exactly one value of ${namesOf(options)}`, ['options']),
    );
  const matched: OptionValue[] = [];
  for (const { name, values } of options) {
    const value = byName.get(name) ?? '';
    if (!values.includes(value))
      return err(failure('INVALID_OPTIONS', `The product's option "${name}" has no value "${value}"`, ['options']));
    matched.push({ name, value });
  }
  return ok(matched);
}

/**
 * A key for a combination of option values. Equal combinations have equal keys.
 * @param matched the option values in the order of the product's options
 */
export function optionKey(matched: readonly OptionValue[]): string {
  return JSON.stringify(matched.map(({ name, value }) => [name, value]));
}

/** The default name of a variant: its option values, as in "M / Blue". A variant without options has the product's name. */
export function variantName(matched: readonly OptionValue[], productName: string): string {
  return (matched.map(({ value }) => value).join(' / ') || productName).slice(0, 255);
}

function namesOf(options: readonly ProductOption[]): string {
  return options.length === 0 ? 'no option' : options.map(({ name }) => `"${name}"`).join(', ');
}

function hasDuplicates(texts: readonly string[]): boolean {
  return new Set(texts).size !== texts.length;
}
