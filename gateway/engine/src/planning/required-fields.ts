import {
  isInterfaceType,
  isObjectType,
  getNamedType,
  Kind,
  parse,
  print,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { internalField } from './internal-names.ts';

/** A field with arguments that a subgraph requires, and its internal name. */
export interface RequiredField {
  /** The name of the field in the planner's schema, where the field has no arguments. */
  readonly internal: string;
  readonly node: FieldNode;
}

/**
 * The fields with arguments that occur in a `@requires`. The planner merges fields by name only. A subgraph that requires `price(currency:
 * "USD")` would receive the value of `price(currency: "EUR")` when a client or another `@requires` selects that field.
 */
export class RequiredFields {
  readonly #schema: GraphQLSchema;
  readonly #byInternal = new Map<string, RequiredField>();
  readonly #byText = new Map<string, RequiredField>();
  /** The real field names by internal name, for each type. */
  readonly #byType = new Map<string, Map<string, string>>();
  /** The internal names of the fields with arguments that a field with `@requires` needs, by the coordinate of that field (`Type.field`). */
  readonly #neededBy = new Map<string, Set<string>>();

  /** @param schema the supergraph's schema */
  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  get isEmpty(): boolean {
    return this.#byInternal.size === 0;
  }

  /** The field set of a `@requires`, with internal names for the fields that have arguments. */
  rename(fieldSet: string, typeName: string, coordinate: string): string {
    const definition = parse(`{${fieldSet}}`, { noLocation: true }).definitions[0];
    const type = this.#schema.getType(typeName);
    if (definition?.kind !== Kind.OPERATION_DEFINITION || !type) return fieldSet;
    const needed = new Set<string>();
    const renamed = this.#selections(definition.selectionSet, type, needed);
    if (needed.size === 0) return fieldSet;
    this.#neededBy.set(coordinate, new Set([...(this.#neededBy.get(coordinate) ?? []), ...needed]));
    return print(renamed).slice(1, -1).trim();
  }

  find(internal: string): RequiredField | undefined {
    return this.#byInternal.get(internal);
  }

  /** The required fields of a type: each internal name with the real name. */
  of(typeName: string): ReadonlyMap<string, string> {
    return this.#byType.get(typeName) ?? new Map();
  }

  neededBy(coordinate: string): ReadonlySet<string> {
    return this.#neededBy.get(coordinate) ?? new Set();
  }

  #selections(set: SelectionSetNode, type: GraphQLNamedType, needed: Set<string>): SelectionSetNode {
    return { ...set, selections: set.selections.map((each) => this.#selection(each, type, needed)) };
  }

  #selection(node: SelectionNode, type: GraphQLNamedType, needed: Set<string>): SelectionNode {
    if (node.kind === Kind.FRAGMENT_SPREAD) return node;
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const condition = node.typeCondition && this.#schema.getType(node.typeCondition.name.value);
      return { ...node, selectionSet: this.#selections(node.selectionSet, condition ?? type, needed) };
    }
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (!field) return node;
    const inner = node.selectionSet && this.#selections(node.selectionSet, getNamedType(field.type), needed);
    const whole: FieldNode = inner ? { ...node, selectionSet: inner } : node;
    if (field.args.length === 0) return whole;
    const { internal } = this.#add(node, type);
    needed.add(internal);
    const { arguments: _arguments, ...bare } = whole;
    return { ...bare, name: { kind: Kind.NAME, value: internal } };
  }

  #add({ name, arguments: args = [] }: FieldNode, type: GraphQLNamedType): RequiredField {
    const node: FieldNode = { kind: Kind.FIELD, name, arguments: args };
    const text = print(node);
    const known = this.#byText.get(text);
    const required = known ?? { internal: internalField(this.#byText.size, name.value), node };
    this.#byText.set(text, required);
    this.#byInternal.set(required.internal, required);
    const types = isInterfaceType(type) ? [type, ...this.#schema.getPossibleTypes(type)] : [type];
    for (const each of types) this.#addTo(each.name, required);
    return required;
  }

  #addTo(typeName: string, { internal, node }: RequiredField): void {
    const fields = this.#byType.get(typeName) ?? new Map<string, string>();
    this.#byType.set(typeName, fields.set(internal, node.name.value));
  }
}
