import { AuditedFor, AuditedType, connectionTypes, NodeType } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';

@Directive('@key(fields: "id")')
@Directive('@cacheControl(maxAge: 300)')
@AuditedFor(CatalogWrite)
@ObjectType('Brand', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description:
    'The maker or the label of products. Its name is not translated. Search with the filter `brands` finds its products.',
})
export class BrandType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The last part of the address in the shop, unique in the shop.' })
  slug!: string;

  @Field(() => String)
  name!: string;
}

export const { ConnectionType: BrandConnection } = connectionTypes('Brand', BrandType);
