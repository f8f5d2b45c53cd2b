const DIGITS = 5;

/** A prefix of numbers: up to 20 letters, digits and `-/._{}`. It ends with no digit, so that two series never have the same number. */
export const PREFIX_PATTERN = /^(?=.{1,20}$)(?:[A-Za-z0-9/._-]|\{year\})*[A-Za-z/._-]$/;

/** The series of a prefix: `INV-{year}-` issued in 2026 is `INV-2026-`. The year is the year in UTC. */
export function seriesOf(prefix: string, issuedAt: Date): string {
  return prefix.replaceAll('{year}', String(issuedAt.getUTCFullYear()));
}

/** The number of a document, such as `INV-00042`. */
export function numberOf(series: string, sequence: number): string {
  return `${series}${String(sequence).padStart(DIGITS, '0')}`;
}
