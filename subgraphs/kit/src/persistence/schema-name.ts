/** Checks a schema name, which becomes part of statements and role names. @throws TypeError when the name is not a plain identifier */
export function requireIdentifier(name: string): string {
  // The maximum is 56 characters: `<schema>_owner` must be shorter than Postgres' limit of 63 bytes, and must not need quotes.
  if (/^[a-z][a-z0-9_]{0,55}$/.test(name)) return name;
  throw new TypeError(
    `"${name}" is not a plain SQL identifier. Use 1 to 56 of a-z, 0-9 and _, beginning with a letter`,
  );
}
