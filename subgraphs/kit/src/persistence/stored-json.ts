/** The name that marks an encoded Date. When the data itself has a member with this name, the name is written with one more `$`. */
const DATE = '$date';

/**
 * Encodes plain data as JSON that `decodeStored` restores exactly. Dates are restored as Dates. Undefined members are dropped.
 * @throws TypeError for a value that JSON would change: a class instance such as an entity, a bigint, a Map
 */
export function encodeStored(value: unknown): string {
  return JSON.stringify(encode(value, 'result')) ?? 'null';
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

function encode(value: unknown, path: string): unknown {
  if (value instanceof Date) return { [DATE]: value.toISOString() };
  if (Array.isArray(value)) return value.map((item, index) => encode(item, `${path}[${index}]`));
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol')
    throw new TypeError(`${path} is a ${typeof value}, which cannot be stored as JSON. Return plain data`);
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${path} is a ${value.constructor.name}. A stored result must be plain data`);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.startsWith('$') ? `$${name}` : name,
      encode(member, `${path}.${name}`),
    ]),
  );
}
