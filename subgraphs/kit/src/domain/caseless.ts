/**
 * The form of a name for comparing and counting. The login looks users up by this form, and the limit of login attempts counts by the same
 * form. If the two forms differed, one account would have several counters. Postgres' `lower` is not used, because it depends on the locale
 * of the database and maps `İ` to `i` in some locales.
 */
export function caseless(name: string): string {
  return name.trim().toLowerCase();
}
