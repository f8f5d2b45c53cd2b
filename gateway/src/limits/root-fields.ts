import { getArgumentValues, type FieldNode, type GraphQLField } from 'graphql';
import type { ReadyOperation, PreparedOperation } from '@souk/engine/execution';
import { collectFields, type CollectedField } from '@souk/engine/cost';

/** A selected field of `Query`, `Mutation` or `Subscription`. Each alias is a separate field. */
export interface RootField {
  /** The coordinate of the field, such as `Mutation.login`. */
  readonly coordinate: string;
  /** The field's name in the answer. */
  readonly responseName: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  readonly condition: CollectedField['condition'];
}

/** Finds the watched root fields of operations. The result is cached by operation. */
export class WatchedRootFields {
  readonly #isWatched: (coordinate: string) => boolean;
  readonly #known = new WeakMap<PreparedOperation, readonly RootField[]>();

  constructor(isWatched: (coordinate: string) => boolean) {
    this.#isWatched = isWatched;
  }

  /** The watched fields that `@skip` and `@include` do not exclude. */
  of({ prepared, coerced }: ReadyOperation): readonly RootField[] {
    const known = this.#known.get(prepared) ?? this.#find(prepared);
    this.#known.set(prepared, known);
    return known.length === 0 ? known : known.filter(({ condition }) => condition === null || condition(coerced));
  }

  #find({ context }: PreparedOperation): readonly RootField[] {
    const type = context.schema.getRootType(context.operation.operation);
    if (!type) return [];
    return collectFields(context, type, [context.operation.selectionSet]).flatMap(({ nodes: [node], condition }) => {
      const coordinate = `${type.name}.${node.name.value}`;
      const field = type.getFields()[node.name.value];
      if (!field || !this.#isWatched(coordinate)) return [];
      return [{ coordinate, responseName: node.alias?.value ?? node.name.value, field, node, condition }];
    });
  }
}

/** The string at a path into the arguments (`input.email`). Null when the path has no string. */
export function argumentText(
  { field, node }: RootField,
  path: string,
  variables: Readonly<Record<string, unknown>>,
): string | null {
  let value: unknown = getArgumentValues(field, node, variables);
  for (const name of path.split('.')) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  }
  return typeof value === 'string' ? value : null;
}
