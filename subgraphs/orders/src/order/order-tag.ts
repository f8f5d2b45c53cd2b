import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

/** The maximum number of tags of an order. */
export const MAX_TAGS = 20;
/** The maximum number of characters in a tag. */
export const MAX_TAG_LENGTH = 40;
/** The stored form of a tag: lower case, with single spaces. Tags with the same stored form are the same tag. */
export function canonicalTag(entered: string): string {
  return entered.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** The stored forms of tags, sorted and without duplicates. Fails when a tag is blank or too long. */
export function tagsOf(entered: readonly string[]): Result<readonly string[], readonly Failure[]> {
  const tags = entered.map(canonicalTag);
  const failures = tags.flatMap((tag, index) =>
    tag.length >= 1 && tag.length <= MAX_TAG_LENGTH ? [] : [tagInvalid(['tags', String(index)])],
  );
  return failures.length > 0 ? err(failures) : ok([...new Set(tags)].toSorted());
}

function tagInvalid(field: readonly string[]): Failure<'INVALID_INPUT'> {
  return failure('INVALID_INPUT', `A tag has 1 to ${MAX_TAG_LENGTH} characters`, field);
}
