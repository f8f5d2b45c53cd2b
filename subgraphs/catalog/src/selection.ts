/** The fields that a request selects below a field. A read can load exactly these details. */
export interface Selection {
  /** The arguments of each use of the field. Aliases allow several uses. Omitted arguments are absent. */
  readonly uses: readonly Readonly<Record<string, unknown>>[];
  /** Whether any use of the field selects this subfield. */
  has(field: string): boolean;
  /** The combined selection below a subfield. Empty when no use selects the subfield. */
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
