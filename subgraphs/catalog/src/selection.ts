/** The fields that a request selects below a field. A read can load exactly these details. */
export interface Selection {
  /** The arguments of each use of the current field. A request can use a field several times with aliases. Omitted arguments are absent. */
  readonly uses: readonly Readonly<Record<string, unknown>>[];
  /** Whether the request selects this field below the current field. */
  has(field: string): boolean;
  /** The selection below this field, merged from all its uses. Empty when the request does not select the field. */
  below(field: string): Selection;
}

/** The selection on the items of a list, merged from `nodes` and `edges { node }`. */
export function selectionOfNodes(list: Selection): Selection {
  return both(list.below('nodes'), list.below('edges').below('node'));
}

function both(one: Selection, other: Selection): Selection {
  return {
    uses: [...one.uses, ...other.uses],
    has: (field) => one.has(field) || other.has(field),
    below: (field) => both(one.below(field), other.below(field)),
  };
}
