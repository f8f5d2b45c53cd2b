/**
 * The form in which names are compared and counted. The limit on login attempts and the look-up of users both use this form, because with
 * two different forms one account would have several counters. Postgres' `lower` is not used: it depends on the locale of the database, and
 * maps `İ` to `i` in some locales.
 */
export function caseless(name: string): string {
  return name.trim().toLowerCase();
}
