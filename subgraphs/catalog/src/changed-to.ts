/** A value after an update: one that is left out stays as it is, null clears it. */
export function changedTo<Value>(present: Value, wanted: Value | null | undefined, empty: Value): Value {
  return wanted === undefined ? present : (wanted ?? empty);
}
