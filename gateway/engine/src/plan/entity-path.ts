import type { GraphQLSchema } from 'graphql';
import { isDataObject, ownValue, typesWithin, type DataObject } from './data.ts';

/** The path of a value in an answer: field names and list indexes. */
export type AnswerPath = readonly (string | number)[];

interface PathPart {
  /** A field name, or null for every element of a list. */
  readonly key: string | null;
  /** The type names of the selected objects. Null selects all objects. */
  readonly types: ReadonlySet<string> | null;
}

/** The path to the objects of an answer that a fetch completes. */
export class EntityPath {
  readonly #parts: readonly PathPart[];

  /**
   * @param path the path in a plan: field names, `@` for lists, and `name|[A,B]` for objects of these types only
   * @param schema the supergraph's schema
   */
  constructor(path: readonly (string | number)[], schema: GraphQLSchema) {
    this.#parts = path.filter((each) => each !== '').map((each) => pathPart(String(each), schema));
  }

  get isRoot(): boolean {
    return this.#parts.length === 0;
  }

  /** The field names of the path, without the indexes of lists. */
  get fields(): readonly string[] {
    return this.#parts.flatMap(({ key }) => (key === null ? [] : [key]));
  }

  /** Finds the objects in the order of the answer. Nulls are left out. */
  find(data: unknown): DataObject[] {
    const found: DataObject[] = [];
    this.#visit(data, 0, (object) => found.push(object));
    return found;
  }

  /** Finds the paths of the objects that `find` returns, in the same order. */
  locate(data: unknown): AnswerPath[] {
    const found: AnswerPath[] = [];
    const path: (string | number)[] = [];
    this.#visit(data, 0, () => found.push([...path]), path);
    return found;
  }

  /**
   * Visits the objects at the path. The data may contain lists without an `@` in the path, because the planner writes `@` only for lists of
   * the schema.
   */
  #visit(value: unknown, index: number, found: (object: DataObject) => void, path?: (string | number)[]): void {
    if (Array.isArray(value)) {
      const next = this.#parts[index]?.key === null ? index + 1 : index;
      for (let at = 0; at < value.length; at += 1) {
        path?.push(at);
        this.#visit(value[at], next, found, path);
        path?.pop();
      }
      return;
    }
    if (!isDataObject(value) || !this.#applies(index, value)) return;
    const part = this.#parts[index];
    if (!part) return found(value);
    if (part.key === null) return;
    path?.push(part.key);
    this.#visit(ownValue(value, part.key), index + 1, found, path);
    path?.pop();
  }

  #applies(index: number, object: DataObject): boolean {
    const types = this.#parts[index - 1]?.types;
    const typename = object['__typename'];
    return !types || (typeof typename === 'string' && types.has(typename));
  }
}

function pathPart(element: string, schema: GraphQLSchema): PathPart {
  const [name = '', conditions] = element.split('|[');
  const types = conditions?.replace(']', '').split(',');
  return {
    key: name === '@' ? null : name,
    types: types ? new Set(types.flatMap((each) => [...typesWithin(schema, each)])) : null,
  };
}
