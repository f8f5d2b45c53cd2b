/** Form values by field name, for instance `name` or `variant.ID.price.EUR`. */
export type Texts = Readonly<Record<string, string>>;

/** A field that two people changed: the value in this form, and the value that the other person saved. */
export interface FieldConflict {
  readonly field: string;
  readonly mine: string;
  readonly theirs: string;
}

/** The names of the fields whose values differ. A missing field counts as empty. */
export function changedFields(before: Texts, after: Texts): readonly string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].filter((field) => textOf(before, field) !== textOf(after, field));
}

/** The fields that both the form and the server changed, to different values. */
export function conflictsOf(loaded: Texts, mine: Texts, theirs: Texts): readonly FieldConflict[] {
  const changedByThem = new Set(changedFields(loaded, theirs));
  return changedFields(loaded, mine)
    .filter((field) => changedByThem.has(field) && textOf(mine, field) !== textOf(theirs, field))
    .map((field) => ({ field, mine: textOf(mine, field), theirs: textOf(theirs, field) }));
}

/**
 * Merges this form's changes into the server's values. When the form and the server changed the same field, this form's
 * value wins.
 */
export function keepMine(loaded: Texts, mine: Texts, theirs: Texts): Texts {
  return withTexts(theirs, mine, changedFields(loaded, mine));
}

/**
 * Merges this form's changes into the server's values. When the form and the server changed the same field to different
 * values, the server's value wins.
 */
export function takeTheirs(loaded: Texts, mine: Texts, theirs: Texts): Texts {
  const contested = new Set(conflictsOf(loaded, mine, theirs).map(({ field }) => field));
  return withTexts(
    theirs,
    mine,
    changedFields(loaded, mine).filter((field) => !contested.has(field)),
  );
}

function withTexts(texts: Texts, source: Texts, fields: readonly string[]): Texts {
  return { ...texts, ...Object.fromEntries(fields.map((field) => [field, textOf(source, field)])) };
}

function textOf(texts: Texts, field: string): string {
  return texts[field] ?? '';
}
