import { isInherited, ownValue, setOwn, type DataObject } from '../plan/data.ts';
import type { LeafCheck } from './leaf-values.ts';
import type { Completer, ShapeRun } from './shape-run.ts';

/** The source of a field's value. Exactly one of the three properties is set. */
export type FieldContent =
  | { readonly leaf: LeafCheck; readonly complete: null; readonly computed: null }
  | { readonly leaf: null; readonly complete: Completer; readonly computed: null }
  /** A value that the gateway computes. Undefined when the value is missing and the field is not nullable. */
  | { readonly leaf: null; readonly complete: null; readonly computed: (run: ShapeRun) => unknown };

/** One field of an object in the answer: its names, and the source of its value. */
export type FieldShape = FieldContent & {
  readonly responseName: string;
  /** The field's name in the subgraphs' merged data. */
  readonly sourceName: string;
  readonly nonNull: boolean;
  /** The name of the field in error messages, such as `Product.name`. */
  readonly coordinate: string;
};

/** The fields of the answer's objects of one type at one path, in the order of the operation. */
export class ObjectShape {
  readonly #fields: readonly FieldShape[];
  readonly #isPlain: boolean;

  constructor(fields: readonly FieldShape[]) {
    this.#fields = fields;
    this.#isPlain = !fields.some((each) => isInherited(each.responseName) || isInherited(each.sourceName));
  }

  /** Shapes an object. Undefined when a non-null field is missing. */
  complete(source: DataObject, run: ShapeRun): DataObject | undefined {
    return this.#isPlain ? this.#plain(source, run) : this.#careful(source, run);
  }

  #plain(source: DataObject, run: ShapeRun): DataObject | undefined {
    const answer: DataObject = {};
    for (const field of this.#fields) {
      const value = completeField(field, source, source[field.sourceName], run);
      if (value === undefined) return undefined;
      answer[field.responseName] = value;
    }
    return answer;
  }

  /** Does the same as `complete` for field names that every object inherits, such as `constructor`. */
  #careful(source: DataObject, run: ShapeRun): DataObject | undefined {
    const answer: DataObject = {};
    for (const field of this.#fields) {
      const value = completeField(field, source, ownValue(source, field.sourceName), run);
      if (value === undefined) return undefined;
      setOwn(answer, field.responseName, value);
    }
    return answer;
  }
}

/** The field's value. Undefined when the value is missing and the field is not nullable. */
function completeField(field: FieldShape, source: DataObject, value: unknown, run: ShapeRun): unknown {
  if (field.computed) return field.computed(run) ?? (field.nonNull ? undefined : null);
  if (value === null || value === undefined) return missing(field, source, run);
  if (field.leaf) return field.leaf(value) ? value : invalid(field, run);
  run.path.push(field.responseName);
  const completed = field.complete(value, run);
  run.path.pop();
  return completed ?? (field.nonNull ? undefined : null);
}

function missing(field: FieldShape, source: DataObject, run: ShapeRun): null | undefined {
  const { nonNull, coordinate, responseName, sourceName } = field;
  if (!nonNull) return null;
  if (run.lost.has(source, sourceName)) return undefined;
  run.remark(`Cannot return null for non-nullable field ${coordinate}.`, responseName);
  return undefined;
}

function invalid({ nonNull, coordinate, responseName }: FieldShape, run: ShapeRun): null | undefined {
  run.remark(`Invalid value found for field ${coordinate}.`, responseName);
  return nonNull ? undefined : null;
}
