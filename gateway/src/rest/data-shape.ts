import { isRecord } from './links.ts';

/** Formats data for REST. Returns a copy, because other answers may share the given data. */
export type DataShaper = (data: unknown) => unknown;

interface Shape {
  /** Whether the value at this path is a pageable list, which GraphQL wraps in `{nodes: [...]}`. */
  nodes: boolean;
  readonly fields: Map<string, Shape>;
}

/** Compiles a formatter. GraphQL wraps a pageable list in `{nodes: [...]}`, and REST shows the plain list. */
export function dataShaper(places: readonly (readonly string[])[]): DataShaper {
  if (places.length === 0) return (data) => data;
  const root: Shape = { nodes: false, fields: new Map() };
  for (const place of places) plant(root, place).nodes = true;
  return (data) => shaped(data, root);
}

function plant(root: Shape, place: readonly string[]): Shape {
  let at = root;
  for (const name of place) {
    const next = at.fields.get(name) ?? { nodes: false, fields: new Map<string, Shape>() };
    at.fields.set(name, next);
    at = next;
  }
  return at;
}

function shaped(data: unknown, shape: Shape): unknown {
  if (Array.isArray(data)) return data.map((item) => shaped(item, shape));
  if (!isRecord(data)) return data;
  if (shape.nodes && 'nodes' in data) return shaped(data['nodes'], { ...shape, nodes: false });
  const result: Record<string, unknown> = { ...data };
  for (const [name, inner] of shape.fields) if (name in result) result[name] = shaped(result[name], inner);
  return result;
}
