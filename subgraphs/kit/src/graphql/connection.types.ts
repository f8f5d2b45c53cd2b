import { ArgsType, Directive, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { PageRequest } from '../domain/index.ts';

@Directive('@shareable')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('PageInfo', {
  simpleResolvers: true,
  description: 'The position of a page in its list (Relay cursor connections).',
})
export class PageInfoType {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Pass it as `before` to read the previous page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Pass it as `after` to read the next page.' })
  endCursor!: string | null;
}

/** The arguments of every list. `pageRange` checks the arguments when the page is read. */
@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, { nullable: true, description: 'Number of entries from the start, 1 to 200.' })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The `endCursor` of the previous page, with the same sort and filter.',
  })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of entries from the end, 1 to 200. Not together with `first`. Without both, a page has 50.',
  })
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The `startCursor` of the next page, with the same sort and filter.',
  })
  before?: string | null;
}

export interface Edge<Node> {
  readonly node: Node;
  readonly cursor: string;
}

export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfoType;
}

/** A page of rows, as a repository's keyset query returns it. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  cursorOf(row: Row): string;
}

/**
 * Creates the types `<name>Connection` and `<name>Edge` of a node. Subclass the connection class, or use it as the type of a field. For a
 * list with `totalCount`, add a field resolver, so that the rows are counted only when the client selects the field.
 */
export function connectionTypes<Node extends object>(name: string, node: ClassType<Node>) {
  @Directive('@cacheControl(inheritMaxAge: true)')
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class EdgeType {
    @Field(() => node)
    node!: Node;

    @Field(() => String)
    cursor!: string;
  }

  @Directive('@cacheControl(inheritMaxAge: true)')
  @ObjectType(`${name}Connection`, {
    simpleResolvers: true,
    description: `A page of a list. \`nodes\` is \`edges\` without the cursors.`,
  })
  class ConnectionType {
    @Field(() => [EdgeType])
    edges!: readonly EdgeType[];

    @Field(() => [node])
    nodes!: readonly Node[];

    @Field(() => PageInfoType)
    pageInfo!: PageInfoType;
  }
  return { EdgeType, ConnectionType };
}

/** Presents a page as a connection. Cursors are computed lazily, because most clients read only one cursor of a page. */
export function presentConnection<Row, Node>(page: Page<Row>, present: (row: Row) => Node): Connection<Node> {
  const edges = page.rows.map((row) => ({
    node: present(row),
    get cursor() {
      return page.cursorOf(row);
    },
  }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
    },
  };
}
