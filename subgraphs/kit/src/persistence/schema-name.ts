/** A schema's name becomes part of statements and of role names. @throws TypeError when it is not a plain identifier. */
export function requireIdentifier(name: string): string {
  // 56: `<schema>_owner` must stay below Postgres' 63 bytes, and be no name that needs quoting.
  if (/^[a-z][a-z0-9_]{0,55}$/.test(name)) return name;
  throw new TypeError(`"${name}" is not a plain SQL identifier`);
}
