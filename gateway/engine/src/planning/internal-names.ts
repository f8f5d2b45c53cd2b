/** What the gateway calls fields by itself, so that two things of one name can be in one answer. */
const INTERNAL = '_souk_';
const ALIAS = '_souk_alias_';
const REQUIRED = /^_souk_required\d+_/;
const VARIANT = /^_souk_variant[0-9a-f]+_/;

/** The name under which a field is asked for whose alias is also the name of a key or of a required field. */
export function internalAlias(alias: string): string {
  return ALIAS + alias;
}

/** The name of the `index`th field that subgraphs require with arguments. */
export function internalField(index: number, name: string): string {
  return `_souk_required${index}_${name}`;
}

/** The name under which a field is asked for whose name an operation gives to other fields too. `key` tells them apart. */
export function internalVariant(key: string, name: string): string {
  return `_souk_variant${key}_${name}`;
}

/** What a client calls what the gateway calls so. */
export function publicName(name: string): string {
  if (!isInternal(name)) return name;
  return name.startsWith(ALIAS) ? name.slice(ALIAS.length) : name.replace(REQUIRED, '').replace(VARIANT, '');
}

/** Whether a name looks like one of the gateway's: a client's alias must not, or it would stand where a required field is read. */
export function isInternal(name: string): boolean {
  return name.startsWith(INTERNAL);
}
