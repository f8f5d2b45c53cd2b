/** The maximum nesting of lists and objects in JSON. `JSON.stringify` overflows the stack at some thousand levels. */
export const MOST_NESTED = 100;

/** Whether lists and objects of a JSON value are nested deeper than `most`. Deeper levels are not visited. */
export function isNestedBeyond(value: unknown, most: number = MOST_NESTED): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (most === 0) return true;
  if (Array.isArray(value)) return value.some((each) => isNestedBeyond(each, most - 1));
  for (const name in value) if (isNestedBeyond(Reflect.get(value, name), most - 1)) return true;
  return false;
}
