/**
 * A name as it is compared and counted. Whatever counts by a name (the brake on logins) and whatever looks the name up use this one
 * function: two that differ give one account several counters. Postgres' `lower` depends on the locale of the database, and takes
 * `İ` for `i` in some.
 */
export function caseless(name: string): string {
  return name.trim().toLowerCase();
}
