import {
  getNamedType,
  isCompositeType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type SelectionSetNode,
} from 'graphql';
import type { OperationContext } from '../operation/operation-context.ts';
import { argumentsCost, givesArgument } from './argument-cost.ts';
import { collectFields, type CollectedField } from './collect-fields.ts';
import {
  costWhere,
  highestOf,
  multiplied,
  oncePerRequest,
  sumOf,
  valueOf,
  type Cost,
  type Variables,
} from './cost-expression.ts';
import type { CostModel } from './cost-model.ts';
import { introspectionCost } from './introspection-cost.ts';
import { lengthCheck, listLengths, type LengthCheck } from './list-length.ts';

/** Cost settings for lists whose length the schema does not define. */
export interface CostDefaults {
  /** The number of items of a list without `@listSize`. */
  readonly assumedListSize: number;
}

/** The cost of one operation. The constant part is calculated once. */
export interface OperationCost {
  /** The cost in points. One point is about the cost of one object in the answer. */
  of(variables: Variables): number;
  /** The error message for a missing list length, or null when every required length is set. */
  problem(variables: Variables): string | null;
}

/** The objects at one path of an answer. */
interface Place {
  readonly type: GraphQLObjectType;
  readonly sets: Sets;
  readonly lengths: Lengths;
}

/** The most expensive field of an object. `inside` is null for a field without subfields. */
interface DearField {
  readonly list: DearList | null;
  readonly inside: Place | null;
}

type Sets = readonly SelectionSetNode[];
/** Lengths of lists by field name, set by the parent field. */
type Lengths = ReadonlyMap<string, Cost>;

const NO_LENGTHS: Lengths = new Map();
const OBJECT_WEIGHT = 1;
/** The cost of each mutation field. A mutation reads, validates, writes and publishes. Apollo Router has the same default. */
const MUTATION_WEIGHT = 10;

/**
 * The cost of an operation by IBM's "GraphQL Cost Directives". An object costs 1 point, a leaf 0, a mutation 10. The cost of a list is the
 * cost of its items. The cost of an abstract type is the cost of its most expensive possible type. Equal selections count once. The
 * operation must be valid and within the size limits.
 */
export function operationCost(context: OperationContext, model: CostModel, defaults: CostDefaults): OperationCost {
  const compiler = new CostCompiler(context, model, defaults);
  const cost = compiler.compile();
  const { checks } = compiler;
  return {
    of: (variables) => valueOf(cost, variables),
    problem(variables) {
      for (const check of checks) {
        const problem = check(variables);
        if (problem !== null) return problem;
      }
      return null;
    },
  };
}

/** A list in an operation, its length, and the argument that sets the length. */
export interface DearList {
  /** The response name of the list. */
  readonly field: string;
  /** The argument that sets the length. Null when the schema alone sets the length. */
  readonly argument: string | null;
  readonly length: number;
}

/** The nested lists that contribute most to the cost, from the root down. */
export function dearestLists(
  context: OperationContext,
  model: CostModel,
  defaults: CostDefaults,
  variables: Variables,
): readonly DearList[] {
  return new CostCompiler(context, model, defaults).dearest(variables);
}

class CostCompiler {
  readonly checks: LengthCheck[] = [];
  readonly #context: OperationContext;
  readonly #model: CostModel;
  readonly #defaults: CostDefaults;
  readonly #mutation: GraphQLObjectType | null | undefined;
  /**
   * Memoized costs. Fragments repeat the same selections for every possible type of an abstract type, so the same cost is needed many
   * times.
   */
  readonly #known = new Map<string, Cost>();
  readonly #numbers = new Map<object, number>();
  /**
   * Whether the operation selects an abstract type. Each possible type has its own cost expression, and nested abstract
   * types multiply the work. If an operation selects an abstract type, each cost is calculated once per request.
   */
  #branches = false;

  constructor(context: OperationContext, model: CostModel, defaults: CostDefaults) {
    this.#context = context;
    this.#model = model;
    this.#defaults = defaults;
    this.#mutation = context.schema.getMutationType();
  }

  compile(): Cost {
    const { schema, operation } = this.#context;
    const root = schema.getRootType(operation.operation);
    return root ? this.#ofObject(root, [operation.selectionSet], NO_LENGTHS) : 0;
  }

  /** Follows the most expensive field of each object, from the root to the leaves. */
  dearest(variables: Variables): readonly DearList[] {
    const { schema, operation } = this.#context;
    const lists: DearList[] = [];
    let place: Place | null = null;
    const root = schema.getRootType(operation.operation);
    if (root) place = { type: root, sets: [operation.selectionSet], lengths: NO_LENGTHS };
    while (place) {
      const field = this.#dearestField(place, variables);
      if (field?.list) lists.push(field.list);
      place = field?.inside ?? null;
    }
    return lists;
  }

  #dearestField({ type, sets, lengths }: Place, variables: Variables): DearField | null {
    let dearest: CollectedField | null = null;
    let highest = 0;
    for (const collected of collectFields(this.#context, type, sets)) {
      if (collected.condition && !collected.condition(variables)) continue;
      const cost = valueOf(this.#ofField(type, collected, lengths), variables);
      if (cost > highest) [dearest, highest] = [collected, cost];
    }
    return dearest && this.#dearField(type, dearest, lengths, variables);
  }

  #dearField(
    parent: GraphQLObjectType,
    { nodes }: CollectedField,
    lengths: Lengths,
    variables: Variables,
  ): DearField | null {
    const [node] = nodes;
    const field = parent.getFields()[node.name.value];
    if (!field) return null;
    const listSize = this.#model.listSizes.get(`${parent.name}.${node.name.value}`);
    const given = lengths.get(node.name.value);
    const { own, inside } = listLengths(field, node, listSize, {
      given,
      assumedLength: this.#defaults.assumedListSize,
    });
    // The list sizes of a connection field apply to the connection's lists, so the directives of these lists are ignored.
    const length =
      given === undefined ? Math.max(...[own, ...inside.values()].map((each) => valueOf(each, variables))) : 1;
    const name = node.alias?.value ?? node.name.value;
    const slices = listSize?.slicingArguments ?? [];
    const argument = slices.find((each) => givesArgument(node, each, variables)) ?? slices[0] ?? null;
    const list = length > 1 ? { field: name, argument, length } : null;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const type = this.#dearestKind(getNamedType(field.type), sets, inside, variables);
    return { list, inside: type && { type, sets, lengths: inside } };
  }

  #dearestKind(type: GraphQLNamedType, sets: Sets, lengths: Lengths, variables: Variables): GraphQLObjectType | null {
    if (!isCompositeType(type)) return null;
    const kinds = isObjectType(type) ? [type] : [...this.#context.schema.getPossibleTypes(type)];
    const costOf = (kind: GraphQLObjectType) => valueOf(this.#ofOne(kind, undefined, sets, lengths), variables);
    return kinds.sort((one, other) => costOf(other) - costOf(one))[0] ?? null;
  }

  /** The cost of one object: its own weight, plus its selections. */
  #ofOne(type: GraphQLCompositeType, weight: number | undefined, sets: Sets, lengths: Lengths): Cost {
    const own = weight ?? this.#model.weights.get(type.name);
    if (isObjectType(type)) return sumOf([own ?? OBJECT_WEIGHT, this.#remembered(type, sets, lengths)]);
    const kinds = this.#context.schema.getPossibleTypes(type);
    this.#branches ||= kinds.length > 1;
    return highestOf(kinds.map((kind) => this.#ofOne(kind, own, sets, lengths)));
  }

  #remembered(type: GraphQLObjectType, sets: Sets, lengths: Lengths): Cost {
    const key = [type.name, this.#numberOf(lengths), ...sets.map((set) => this.#numberOf(set))].join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const worked = this.#ofObject(type, sets, lengths);
    const cost = this.#branches ? oncePerRequest(worked) : worked;
    this.#known.set(key, cost);
    return cost;
  }

  #ofObject(type: GraphQLObjectType, sets: Sets, lengths: Lengths): Cost {
    return sumOf(
      collectFields(this.#context, type, sets).map((collected) => {
        const cost = this.#ofField(type, collected, lengths);
        return collected.condition ? costWhere(collected.condition, cost) : cost;
      }),
    );
  }

  #ofField(parent: GraphQLObjectType, collected: CollectedField, lengths: Lengths): Cost {
    const { nodes } = collected;
    const [node] = nodes;
    const name = node.name.value;
    if (name.startsWith('__')) return name === '__typename' ? 0 : introspectionCost(this.#context, collected);
    const field = parent.getFields()[name];
    if (!field) return 0;
    const coordinate = `${parent.name}.${name}`;
    const listSize = this.#model.listSizes.get(coordinate);
    const check = listSize && lengthCheck(coordinate, field, node, listSize);
    if (check) this.checks.push(check);
    const { own, inside } = listLengths(field, node, listSize, {
      given: lengths.get(name),
      assumedLength: this.#defaults.assumedListSize,
    });
    const type = getNamedType(field.type);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const weight = this.#model.weights.get(coordinate) ?? (parent === this.#mutation ? MUTATION_WEIGHT : undefined);
    const each = isCompositeType(type)
      ? this.#ofOne(type, weight, sets, inside)
      : (weight ?? this.#model.weights.get(type.name) ?? 0);
    return sumOf([multiplied(own, each), argumentsCost(this.#model, parent.name, field, node)]);
  }

  #numberOf(thing: object): number {
    const known = this.#numbers.get(thing) ?? this.#numbers.size;
    this.#numbers.set(thing, known);
    return known;
  }
}
