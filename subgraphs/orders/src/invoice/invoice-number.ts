const DIGITS = 5;

/**
 * A number prefix: up to 20 letters, digits and `-/._`, and the placeholder `{year}`. The last character is not a digit. Otherwise `A` with
 * the number 100001 and `A1` with the number 00001 would both be `A100001`.
 */
export const PREFIX_PATTERN = /^(?=.{1,20}$)(?:[A-Za-z0-9/._-]|\{year\})*[A-Za-z/._-]$/;

/** Replaces the placeholder in a prefix by the UTC year: `INV-{year}-` becomes `INV-2026-`. */
export function seriesOf(prefix: string, issuedAt: Date): string {
  return prefix.replaceAll('{year}', String(issuedAt.getUTCFullYear()));
}

/** The number of a document, such as `INV-00042`. */
export function numberOf(series: string, sequence: number): string {
  return `${series}${String(sequence).padStart(DIGITS, '0')}`;
}
