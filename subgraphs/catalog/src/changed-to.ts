/** The value after an update. Undefined keeps the present value, and null replaces it with `empty`. */
export function changedTo<Value>(present: Value, wanted: Value | null | undefined, empty: Value): Value {
  return wanted === undefined ? present : (wanted ?? empty);
}
