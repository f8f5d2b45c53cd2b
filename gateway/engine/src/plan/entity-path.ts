import type { GraphQLSchema } from 'graphql';
import { isDataObject, ownValue, typesWithin, type DataObject } from './data.ts';

/** Where something stands in an answer. */
export type AnswerPath = readonly (string | number)[];

interface PathPart {
  /** A field; null for every element of a list. */
  readonly key: string | null;
  /** The objects that are meant, when not all are. */
  readonly types: ReadonlySet<string> | null;
}

/** The objects of an answer that a fetch adds to. */
export class EntityPath {
  readonly #parts: readonly PathPart[];

  /**
   * `path` is a plan's: field names, `@` for lists, `name|[A,B]` for objects of those types only. `schema` is the
   * supergraph's.
   */
  constructor(path: readonly (string | number)[], schema: GraphQLSchema) {
    this.#parts = path.filter((each) => each !== '').map((each) => pathPart(String(each), schema));
  }

  get isRoot(): boolean {
    return this.#parts.length === 0;
  }

  /** The fields that lead there, without the indexes of lists. */
  get fields(): readonly string[] {
    return this.#parts.flatMap(({ key }) => (key === null ? [] : [key]));
  }

  /** The objects in the order of the answer. Nulls are left out. */
  find(data: unknown): DataObject[] {
    const found: DataObject[] = [];
    this.#visit(data, 0, (object) => found.push(object));
    return found;
  }

  /** Where the same objects stand, in the same order. */
  locate(data: unknown): AnswerPath[] {
    const found: AnswerPath[] = [];
    const path: (string | number)[] = [];
    this.#visit(data, 0, () => found.push([...path]), path);
    return found;
  }

  /** Lists are gone through wherever they come: the planner writes `@` for those that the schema has. */
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

  /** Whether the object that the part before `index` leads to is of the types meant. */
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
