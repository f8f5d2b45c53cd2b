import { AuditedFor, AuditedType, connectionTypes, ForScope, NodeType, PageArgs } from '@souk/kit/graphql';
import { ArgsType, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';

@Directive('@key(fields: "id")')
@Directive('@cacheControl(maxAge: 300)')
@AuditedFor(CatalogWrite)
@ObjectType('Category', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description:
    'A node of the tree that shoppers browse. A product can be in any number of categories, and is listed in all their ancestors too.',
})
export class CategoryType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The last part of the address in the shop, unique in the shop.' })
  slug!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => String, { nullable: true, description: 'The title for search engines. Null: the name.' })
  seoTitle!: string | null;

  @Field(() => String, { nullable: true, description: 'The description for search engines. Null: the description.' })
  seoDescription!: string | null;

  @ForScope(CatalogWrite)
  @Field(() => String, { nullable: true, description: "The object's id in another system, unique in the shop." })
  externalReference!: string | null;

  /** Not a GraphQL field. The resolver of `parent` loads the category with this id. */
  readonly parentId!: string | null;
}

export const { ConnectionType: CategoryConnection } = connectionTypes('Category', CategoryType);

/** The default page size of `children`. Nested lists multiply their sizes, so 50 children per level would exceed the cost limit. */
export const CHILDREN_SIZE = 10;

@ArgsType()
export class ChildrenArgs extends PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `Number of entries from the end, 1 to 200. Not together with \`first\`. Without both, a page has ${CHILDREN_SIZE}.`,
  })
  override last: number | null = null;
}
