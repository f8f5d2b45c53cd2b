import { AuditedFor, AuditedType, connectionTypes, ForScope, NodeType } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';

@Directive('@key(fields: "id")')
@Directive('@cacheControl(maxAge: 300)')
@AuditedFor(CatalogWrite)
@ObjectType('Collection', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description: 'Products that staff chose to show together: "Summer", "Gifts under 50".',
})
export class CollectionType extends AuditedType {
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
}

export const { ConnectionType: CollectionConnection } = connectionTypes('Collection', CollectionType);
