import type { ExecutionResult } from 'graphql';

/** The maximum number of reported paths of a difference. */
const MOST_PLACES = 10;

/** The path of an error by response names, without list indexes. */
interface ErrorPlace {
  readonly names: readonly string[];
  /** Whether the path may be incomplete. Apollo's gateway ends some paths at the entities that it fetches from a subgraph. */
  readonly isCut: boolean;
}

type Names = readonly string[];

/**
 * The paths at which two answers to one operation differ, as response names without values: `products.nodes.price`. The
 * data must be equal. Errors must have equal paths. Errors at paths that are missing in the data are ignored, because
 * an executor may fetch a field for more objects than the client selected, and report errors of these objects. Error
 * messages are not compared.
 * @returns at most ten paths, or none when the answers agree
 */
export function differences(one: ExecutionResult, other: ExecutionResult): readonly string[] {
  const places = new Set<string>();
  const data = plain(one.data);
  compareData(data, plain(other.data), [], places);
  const [errors, others] = [one, other].map((each) => (each.errors ?? []).map(placeOf));
  for (const place of [...uncovered(errors ?? [], others ?? []), ...uncovered(others ?? [], errors ?? [])]) {
    if (holds(data, place.names)) places.add(`error at ${place.names.join('.')}`);
  }
  return [...places].slice(0, MOST_PLACES);
}

/** The data after JSON serialization, as a client receives it. */
function plain(data: ExecutionResult['data']): unknown {
  return JSON.parse(JSON.stringify(data ?? null));
}

function compareData(one: unknown, other: unknown, names: Names, places: Set<string>): void {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    for (const [index, item] of one.entries()) compareData(item, other[index], names, places);
  } else if (isObject(one) && isObject(other)) {
    for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
      compareData(one[name], other[name], [...names, name], places);
    }
  } else if (one !== other) {
    places.add(names.join('.'));
  }
}

function placeOf({ path = [] }: { readonly path?: readonly (string | number)[] | undefined }): ErrorPlace {
  const names = path.filter((step) => typeof step === 'string');
  const end = names.indexOf('_entities');
  if (end !== -1) return { names: names.slice(0, end), isCut: true };
  return { names, isCut: names.length === 0 };
}

function uncovered(places: readonly ErrorPlace[], others: readonly ErrorPlace[]): readonly ErrorPlace[] {
  return places.filter((place) => !others.some((other) => covers(other, place) || covers(place, other)));
}

function covers(place: ErrorPlace, { names }: ErrorPlace): boolean {
  const begins = place.names.every((name, index) => names[index] === name);
  return begins && (place.isCut || place.names.length === names.length);
}

/** Whether the data contains the path, or has a null on the path. */
function holds(data: unknown, [name, ...inner]: Names): boolean {
  if (name === undefined || data === null) return true;
  if (Array.isArray(data)) return data.some((item) => holds(item, [name, ...inner]));
  return isObject(data) && name in data && holds(data[name], inner);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
