import { ForScope, NodeType, enumOf } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { SettingsWrite } from '../contract.ts';
import { TENANT_PLANS, type TenantPlan } from './tenant-plan.ts';

const TenantPlanEnum = enumOf(TENANT_PLANS);
registerEnumType(TenantPlanEnum, {
  name: 'TenantPlan',
  description: 'The request limits for staff and programs of a shop: 100, 500 and 2000 requests a minute by default.',
});

@Directive('@key(fields: "id")')
@ObjectType('Tenant', { implements: NodeType, simpleResolvers: true, description: 'A shop on the platform.' })
export class TenantType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Unique on the platform.' })
  slug!: string;

  @Field(() => String)
  name!: string;

  @ForScope(SettingsWrite)
  @Field(() => TenantPlanEnum, { nullable: true, description: 'The plan of the shop.' })
  plan!: TenantPlan | null;
}
