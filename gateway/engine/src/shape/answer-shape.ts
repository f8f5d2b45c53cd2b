import type { GraphQLError } from 'graphql';
import { BoundedCache } from '../operation/bounded-cache.ts';
import type { OperationContext } from '../operation/operation-context.ts';
import type { DataObject } from '../plan/data.ts';
import { LostFields } from '../plan/lost-fields.ts';
import { conditionVariables } from '../operation/selection-conditions.ts';
import type { ObjectShape } from './object-shape.ts';
import { compileObject } from './shape-compiler.ts';
import { ShapeRun, type ShapeTerms } from './shape-run.ts';

/** An answer for the client, made of the subgraphs' merged data. */
export interface ShapedAnswer {
  /** Null when a missing value made every parent up to the root null. */
  readonly data: DataObject | null;
  /** Errors about values that do not fit the schema. */
  readonly remarks: readonly GraphQLError[];
}

/** The variables of one request, before and after coercion. */
export interface ShapeVariables {
  /** The variables as the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The variables as coerced values, with defaults for the variables that the client did not send. */
  readonly coerced: Readonly<Record<string, unknown>>;
}

const NOTHING_LOST = new LostFields();

/** The maximum number of cached shapes. Operations have few conditions, and clients use few of their combinations. */
const SHAPES = 32;

/** The shape of an operation's answers, compiled once for each combination of its `@skip` and `@include` conditions. */
export class AnswerShape {
  readonly #context: OperationContext;
  readonly #terms: ShapeTerms;
  readonly #conditions: readonly string[];
  readonly #shapes = new BoundedCache<string, ObjectShape>(SHAPES);

  /** The shape of an operation without `@skip` and `@include`. */
  #only: ObjectShape | null = null;

  constructor(context: OperationContext, terms: ShapeTerms) {
    this.#context = context;
    this.#terms = terms;
    this.#conditions = conditionVariables(context);
  }

  /**
   * Shapes the client's answer. Does not change `data`, but the answer shares the values of custom scalars with it.
   * Fields in `lost` become null without an error in `remarks`, because the answer already has their errors.
   */
  shape(data: DataObject, { variables, coerced }: ShapeVariables, lost: LostFields = NOTHING_LOST): ShapedAnswer {
    const run = new ShapeRun(variables, lost);
    const shape = this.#shapeFor(coerced);
    return { data: shape.complete(data, run) ?? null, remarks: run.remarks };
  }

  #shapeFor(coerced: Readonly<Record<string, unknown>>): ObjectShape {
    if (this.#conditions.length === 0) return (this.#only ??= this.#compile(new Set()));
    const isTrue = (variable: string) => coerced[variable] === true;
    const key = this.#conditions.map((each) => (isTrue(each) ? '1' : '0')).join('');
    return this.#shapes.get(key) ?? this.#shapes.set(key, this.#compile(new Set(this.#conditions.filter(isTrue))));
  }

  #compile(trueOnes: ReadonlySet<string>): ObjectShape {
    const { schema, operation } = this.#context;
    const root = schema.getRootType(operation.operation);
    if (!root) throw new Error(`the schema has no ${operation.operation}`);
    const scope = { ...this.#terms, context: this.#context, isTrue: (name: string) => trueOnes.has(name) };
    return compileObject(scope, root, [operation.selectionSet]);
  }
}
