/** Creates the enum object that `registerEnumType` needs, from a list of values. Each name is its own value. */
export function enumOf<Value extends string>(values: readonly Value[]): Readonly<Record<Value, Value>> {
  return Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;
}
