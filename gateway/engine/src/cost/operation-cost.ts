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

/** What the schema leaves open. */
export interface CostDefaults {
  /** Items of a list that no `@listSize` speaks of. */
  readonly assumedListSize: number;
}

/** What one operation costs. The part that no variable changes was worked out once. */
export interface OperationCost {
  /** In points: one is about one object of the answer. */
  of(variables: Variables): number;
  /** What a list lacks whose length has to be given; null when it lacks nothing. */
  problem(variables: Variables): string | null;
}

/** Objects of an answer. */
interface Place {
  readonly type: GraphQLObjectType;
  readonly sets: Sets;
  readonly lengths: Lengths;
}

/** The field that an object costs most by. `inside` is null where it has no fields of its own. */
interface DearField {
  readonly list: DearList | null;
  readonly inside: Place | null;
}

type Sets = readonly SelectionSetNode[];
/** Of lists, by the names of their fields, as the field around says. */
type Lengths = ReadonlyMap<string, Cost>;

const NO_LENGTHS: Lengths = new Map();
const OBJECT_WEIGHT = 1;
/** A change reads, checks, writes and tells: the default of Apollo's routers. */
const MUTATION_WEIGHT = 10;

/**
 * The cost of an operation by IBM's "GraphQL Cost Directives": objects weigh 1, leaves 0, a list as often as it is long, an
 * abstract type as much as the dearest of its kinds, what is asked twice once. Mutations weigh 10, each. The operation must
 * be valid, and within the limits of its size.
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

/** A list of an operation, the length by which it counts, and the argument that sets the length. */
export interface DearList {
  /** Its name in the answer. */
  readonly field: string;
  /** The argument that says the length; null when the schema alone does. */
  readonly argument: string | null;
  readonly length: number;
}

/** The lists within lists that an operation costs most by, from the root down. */
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
  /** Fragments make the same selections come again, under every kind of an abstract type. */
  readonly #known = new Map<string, Cost>();
  readonly #numbers = new Map<object, number>();
  /** Whether a type of several kinds was met. Each is worked out by itself, and kinds in kinds would multiply that. */
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

  /** Follows the dearest field of each object, down to the leaves. */
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
    // A connection says how long the lists in it are; those say nothing more.
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

  /** Of one object of the type: its own weight, and what is asked of it. */
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
