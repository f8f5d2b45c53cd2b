import { Kind, parse, visit, type DocumentNode, type FieldNode } from 'graphql';
import { editedOperation, type OperationContext } from '../operation/operation-context.ts';
import { contentKey } from './contested-names.ts';
import { internalAlias, internalVariant, isInternal } from './internal-names.ts';

/** The names of all key fields and required fields. A plan must not use such a name for another field. */
export function entityFieldNames(supergraph: DocumentNode): ReadonlySet<string> {
  const names = new Set(['__typename']);
  visit(supergraph, {
    Directive: ({ name, arguments: args = [] }) => {
      if (name.value !== 'join__type' && name.value !== 'join__field') return;
      for (const { name: argument, value } of args) {
        const isFieldSet = argument.value === 'key' || argument.value === 'requires';
        if (isFieldSet && value.kind === Kind.STRING) addNames(value.value, names);
      }
    },
  });
  return names;
}

function addNames(fieldSet: string, names: Set<string>): void {
  visit(parse(`{${fieldSet}}`, { noLocation: true }), { Field: ({ name }) => void names.add(name.value) });
}

/** The names that a plan must not use as aliases. */
export interface PlannedNames {
  /** Names of keys and of required fields. */
  readonly reserved: ReadonlySet<string>;
  /** Response names that the operation uses for different fields, where the planner would confuse the fields. */
  readonly contested?: ReadonlySet<string>;
}

/**
 * The name of a field in the plan. The planner would read an alias that is the name of a key (`{ product { id: name, stock } }`) as the
 * key, so the field gets another name. The same applies to a name that several types use for different fields: for a subgraph with an
 * interface object the planner merges the selections of all types, and keeps only the first field of each name.
 */
export function plannedName(node: FieldNode, { reserved, contested }: PlannedNames): string {
  const { name, alias, arguments: args = [] } = node;
  const isPlain = !alias || alias.value === name.value;
  const response = isPlain ? name.value : alias.value;
  if (contested?.has(response) && !(isPlain && args.length === 0)) return internalVariant(contentKey(node), response);
  if (isPlain) return name.value;
  return reserved.has(response) || isInternal(response) ? internalAlias(response) : response;
}

/** The operation with safe names. Returns the same object when no alias has to change. */
export function withSafeAliases(context: OperationContext, names: PlannedNames): OperationContext {
  return editedOperation(context, (document) =>
    visit(document, {
      Field: (node) => {
        const value = plannedName(node, names);
        return value !== (node.alias ?? node.name).value && value !== node.name.value
          ? { ...node, alias: { kind: Kind.NAME, value } }
          : undefined;
      },
    }),
  );
}
