import { AuditedFor, AuditedType, connectionTypes, DateTimeScalar } from '@souk/kit/graphql';
import { Field, ID, ObjectType } from 'type-graphql';
import { UsersRead } from '../contract.ts';
import type { StaffRole } from '../user/role.policy.ts';
import { StaffRoleEnum } from '../user/user.types.ts';

@AuditedFor(UsersRead)
@ObjectType('Invitation', {
  implements: [AuditedType],
  simpleResolvers: true,
  description: 'An open invitation to the staff of the shop.',
})
export class InvitationType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  email!: string;

  @Field(() => StaffRoleEnum)
  role!: StaffRole;

  @Field(() => DateTimeScalar, { description: 'The link in the mail works until this time.' })
  expiresAt!: Date;
}

export const { ConnectionType: InvitationConnection } = connectionTypes('Invitation', InvitationType);
