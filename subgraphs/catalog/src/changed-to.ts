/** The value after an update: undefined keeps the present value, null clears it. */
export function changedTo<Value>(present: Value, wanted: Value | null | undefined, empty: Value): Value {
  return wanted === undefined ? present : (wanted ?? empty);
}
