/** What no client needs: lists and objects in each other. What is deeper than some thousands overflows the stack of `JSON.stringify`. */
export const MOST_NESTED = 100;

/** Whether lists and objects of a JSON value stand deeper in each other than `most`. It looks no deeper itself. */
export function isNestedBeyond(value: unknown, most: number = MOST_NESTED): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (most === 0) return true;
  if (Array.isArray(value)) return value.some((each) => isNestedBeyond(each, most - 1));
  for (const name in value) if (isNestedBeyond(Reflect.get(value, name), most - 1)) return true;
  return false;
}
