/** An enum for `registerEnumType`, from the values that the domain lists. Each name is its own value. */
export function enumOf<Value extends string>(values: readonly Value[]): Readonly<Record<Value, Value>> {
  return Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;
}
