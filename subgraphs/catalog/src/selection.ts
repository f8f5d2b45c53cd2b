/** What a request selects below a field, so that one read can load all of it. */
export interface Selection {
  /** One entry per use: aliases give a field several, with arguments of their own. Arguments left out are missing. */
  readonly uses: readonly Readonly<Record<string, unknown>>[];
  /** Whether any use of the field selects this field. */
  has(field: string): boolean;
  /** What is selected below a field by all its uses together; nothing when it is not selected. */
  below(field: string): Selection;
}

/** What a list's nodes select, as `nodes` and as `edges { node }`. */
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
