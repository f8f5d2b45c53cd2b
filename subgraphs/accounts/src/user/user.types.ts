import { NodeType, enumOf } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { TenantType } from '../tenant/tenant.types.ts';
import { ROLES, type Role } from './role.policy.ts';

export const RoleEnum = enumOf(ROLES);
registerEnumType(RoleEnum, {
  name: 'UserRole',
  description: 'OWNER may do everything, STAFF everything except the settings, SHOPPER may buy.',
});

@Directive('@key(fields: "id")')
@ObjectType('User', { implements: NodeType, simpleResolvers: true, description: 'A person who can log in.' })
export class UserType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  email!: string;

  @Field(() => RoleEnum)
  role!: Role;

  @Field(() => TenantType, { nullable: true })
  tenant!: TenantType | null;
}
