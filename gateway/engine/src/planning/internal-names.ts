/** The prefix of internal field names. The prefix prevents conflicts with the client's names in one answer. */
const INTERNAL = '_souk_';
const ALIAS = '_souk_alias_';
const REQUIRED = /^_souk_required\d+_/;
const VARIANT = /^_souk_variant[0-9a-f]+_/;

/**
 * The internal alias that replaces an alias of the client. It is used when the client's alias is also the name of a key
 * or of a required field.
 */
export function internalAlias(alias: string): string {
  return ALIAS + alias;
}

/** The internal name of the field with this index among the fields that subgraphs require with arguments. */
export function internalField(index: number, name: string): string {
  return `_souk_required${index}_${name}`;
}

/**
 * The internal alias of a field, for a response name that the operation also uses for other fields.
 * @param key distinguishes the fields with this name
 */
export function internalVariant(key: string, name: string): string {
  return `_souk_variant${key}_${name}`;
}

/** The response name of the client for an internal name. */
export function publicName(name: string): string {
  if (!isInternal(name)) return name;
  return name.startsWith(ALIAS) ? name.slice(ALIAS.length) : name.replace(REQUIRED, '').replace(VARIANT, '');
}

/**
 * Whether a name is internal to the gateway. A client's alias must not be internal, because the gateway would read the alias as a required
 * field.
 */
export function isInternal(name: string): boolean {
  return name.startsWith(INTERNAL);
}
