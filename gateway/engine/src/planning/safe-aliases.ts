import { Kind, parse, visit, type DocumentNode, type FieldNode } from 'graphql';
import { editedOperation, type OperationContext } from '../operation/operation-context.ts';
import { contentKey } from './contested-names.ts';
import { internalAlias, internalVariant, isInternal } from './internal-names.ts';

/** The fields by which subgraphs find entities, and those that they require: nothing else may be called so in a plan. */
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

/** What decides how a plan calls the fields of an operation. */
export interface PlannedNames {
  /** Names of keys and of required fields: no alias may be one. */
  readonly reserved: ReadonlySet<string>;
  /** Names that the operation gives to different fields where the planner does not keep them apart. */
  readonly contested?: ReadonlySet<string>;
}

/**
 * What the plan calls a field. An alias that is the name of a key (`{ product { id: name, stock } }`) would stand where the
 * gateway looks for the key. Of a subgraph that knows an interface as an object the planner asks for what is selected of all
 * types at once, and of several fields of one name for the first alone.
 */
export function plannedName(node: FieldNode, { reserved, contested }: PlannedNames): string {
  const { name, alias, arguments: args = [] } = node;
  const isPlain = !alias || alias.value === name.value;
  const response = isPlain ? name.value : alias.value;
  if (contested?.has(response) && !(isPlain && args.length === 0)) return internalVariant(contentKey(node), response);
  if (isPlain) return name.value;
  return reserved.has(response) || isInternal(response) ? internalAlias(response) : response;
}

/** The operation with such names; the same object when the client's will do. */
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
