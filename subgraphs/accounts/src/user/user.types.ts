import { connectionTypes, DateTimeScalar, enumOf, ForScope, NodeType } from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UsersRead } from '../contract.ts';
import { TenantType } from '../tenant/tenant.types.ts';
import { ROLES, STAFF_ROLES, type Role } from './role.policy.ts';

export const RoleEnum = enumOf(ROLES);
registerEnumType(RoleEnum, {
  name: 'UserRole',
  description: 'OWNER may do everything, STAFF everything except the settings, SHOPPER may buy.',
});

export const StaffRoleEnum = enumOf(STAFF_ROLES);
registerEnumType(StaffRoleEnum, {
  name: 'StaffRole',
  description: 'The roles of the staff: OWNER may do everything, STAFF everything except the settings and the users.',
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

  @Field(() => String, { description: 'Empty for a user without a name.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether the e-mail address is proven: see `emailConfirm`.' })
  emailVerified!: boolean;

  @ForScope(UsersRead)
  @Field(() => DateTimeScalar, { nullable: true, description: 'Null while the user may log in.' })
  disabledAt!: Date | null;

  @ForScope(UsersRead)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The end of the latest lock after failed logins. `userEnable` ends the lock.',
  })
  lockedUntil!: Date | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => Int, { description: 'Increases with every change. Mutations compare their `expectedVersion` with it.' })
  version!: number;

  @Field(() => TenantType, { nullable: true })
  tenant!: TenantType | null;
}

export const { ConnectionType: UserConnection } = connectionTypes('User', UserType);
