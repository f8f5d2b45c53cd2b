import {
  Kind,
  parse,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { documentOf, type OperationContext } from '../operation-context.ts';
import { internalAlias, isInternal } from './internal-names.ts';

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

/**
 * What the plan calls a field. An alias that is the name of a key (`{ product { id: name, stock } }`) would stand where the
 * gateway looks for the key.
 */
export function plannedName({ name, alias }: FieldNode, reserved: ReadonlySet<string>): string {
  if (!alias || alias.value === name.value) return name.value;
  return reserved.has(alias.value) || isInternal(alias.value) ? internalAlias(alias.value) : alias.value;
}

/** The operation with such aliases renamed; the same object when it has none. */
export function withSafeAliases(context: OperationContext, reserved: ReadonlySet<string>): OperationContext {
  const document = documentOf(context);
  const safe = visit(document, {
    Field: (node) => {
      const value = plannedName(node, reserved);
      return node.alias && value !== node.alias.value && value !== node.name.value
        ? { ...node, alias: { kind: Kind.NAME, value } }
        : undefined;
    },
  });
  if (safe === document) return context;
  const [operation, ...fragments] = safe.definitions;
  return {
    schema: context.schema,
    // `documentOf` puts the operation first and fragments after it, and visiting keeps the kinds.
    operation: operation as OperationDefinitionNode,
    fragments: Object.fromEntries((fragments as FragmentDefinitionNode[]).map((each) => [each.name.value, each])),
  };
}
