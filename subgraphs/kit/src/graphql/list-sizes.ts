import {
  Kind,
  parseConstValue,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
} from 'graphql';
import { DEFAULT_PAGE_SIZE } from '../domain/index.ts';

/**
 * The arguments that limit the number of nodes and edges of a connection. A page has `DEFAULT_PAGE_SIZE` rows when the client omits both.
 */
const SLICES = ['first', 'last'];
const SIZED = [constArgument('sizedFields', '["nodes", "edges"]'), constArgument('requireOneSlicingArgument', 'false')];
const DEFAULT_SIZE = constArgument('assumedSize', String(DEFAULT_PAGE_SIZE));

/**
 * Adds `@listSize` to every field that returns a connection and takes `first`. From this directive the gateway computes the cost of an
 * operation before the operation runs. A field whose default page size differs declares its own `@listSize(assumedSize:)`. Sources: IBM's
 * "GraphQL Cost Directives" and Apollo Federation 2.9.
 */
export function withListSizes(schema: DocumentNode): DocumentNode {
  return visit(schema, {
    FieldDefinition: (field) => (isPagedConnection(field) ? withListSize(field) : undefined),
  });
}

function withListSize(field: FieldDefinitionNode): FieldDefinitionNode {
  const [own] = field.directives?.filter(isListSize) ?? [];
  const others = field.directives?.filter((directive) => !isListSize(directive)) ?? [];
  const size = own?.arguments?.find(({ name }) => name.value === 'assumedSize') ?? DEFAULT_SIZE;
  const slices = SLICES.filter((slice) => field.arguments?.some(({ name }) => name.value === slice));
  const listSize: ConstDirectiveNode = {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'listSize' },
    arguments: [size, constArgument('slicingArguments', JSON.stringify(slices)), ...SIZED],
  };
  return { ...field, directives: [...others, listSize] };
}

const isListSize = ({ name }: ConstDirectiveNode) => name.value === 'listSize';

function isPagedConnection({ type, arguments: args = [] }: FieldDefinitionNode): boolean {
  const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  const isConnection = named.kind === Kind.NAMED_TYPE && named.name.value.endsWith('Connection');
  return isConnection && args.some(({ name }) => name.value === 'first');
}

function constArgument(name: string, value: string) {
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value: parseConstValue(value) } as const;
}
