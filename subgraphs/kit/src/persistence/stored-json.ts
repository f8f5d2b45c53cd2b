/** The name that marks an encoded Date. When the data itself has a property with this name, the name is written with one more `$`. */
const DATE = '$date';

/**
 * Encodes plain data as JSON that `decodeStored` restores exactly. Dates are restored as Dates. Undefined properties are dropped.
 * @throws TypeError for a value that JSON would change: a class instance such as an entity, a bigint, a Map
 */
export function encodeStored(value: unknown): string {
  requireStorable(value);
  return JSON.stringify(encode(value)) ?? 'null';
}

/** Checks that `encodeStored` accepts the data, at less cost than encoding. @throws TypeError that names the invalid property */
export function requireStorable(value: unknown): void {
  const fault = faultOf(value);
  if (fault) throw new TypeError(`result${fault.path} is a ${fault.kind}. A stored result must be plain data`);
}

/** Decodes data of `encodeStored`. Takes the value after `JSON.parse`. */
export function decodeStored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeStored);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  const [first] = members;
  if (members.length === 1 && first?.[0] === DATE) return new Date(String(first[1]));
  return Object.fromEntries(members.map(([name, member]) => [name.replace(/^\$\$/, '$'), decodeStored(member)]));
}

/** A property that JSON cannot represent. */
interface Fault {
  /** The path below the checked value, such as `.lines[0].price`. */
  readonly path: string;
  /** The type or the class of the property's value. */
  readonly kind: string;
}

/**
 * The first property that JSON cannot represent. The path is built only when such a property exists. The check must be
 * cheap, because it runs for every mutation.
 */
function faultOf(value: unknown): Fault | null {
  if (typeof value !== 'object') return isJsonType(value) ? null : { path: '', kind: typeof value };
  if (value === null || value instanceof Date) return null;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const fault = faultOf(value[index]);
      if (fault) return { ...fault, path: `[${index}]${fault.path}` };
    }
    return null;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return { path: '', kind: value.constructor.name };
  const members = value as Readonly<Record<string, unknown>>;
  for (const name in members) {
    const fault = faultOf(members[name]);
    if (fault) return { ...fault, path: `.${name}${fault.path}` };
  }
  return null;
}

function isJsonType(value: unknown): boolean {
  return typeof value !== 'bigint' && typeof value !== 'function' && typeof value !== 'symbol';
}

function encode(value: unknown): unknown {
  if (value instanceof Date) return { [DATE]: value.toISOString() };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.startsWith('$') ? `$${name}` : name, encode(member)]),
  );
}
