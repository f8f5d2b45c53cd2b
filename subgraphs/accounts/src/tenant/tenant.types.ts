import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType('Tenant', { simpleResolvers: true, description: 'A shop on the platform.' })
export class TenantType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Unique on the platform.' })
  slug!: string;

  @Field(() => String)
  name!: string;
}
