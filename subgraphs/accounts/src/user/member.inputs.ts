import { IdempotentInput, IdField, IntField } from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import type { StaffRole } from './role.policy.ts';
import { StaffRoleEnum } from './user.types.ts';

@InputType()
abstract class MemberChangeInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({
    nullable: true,
    min: 1,
    max: 2_147_483_647,
    description: 'The expected version. The change is refused when the user has another version.',
  })
  expectedVersion?: number | null;
}

@InputType()
export class UserRoleSetInput extends MemberChangeInput {
  @Field(() => StaffRoleEnum)
  role!: StaffRole;
}

@InputType()
export class UserDisableInput extends MemberChangeInput {}

@InputType()
export class UserEnableInput extends MemberChangeInput {}

@InputType()
export class UserRemoveInput extends MemberChangeInput {}

@InputType()
export class UserMfaResetInput extends MemberChangeInput {}

@InputType()
export class UserSessionsEndInput extends MemberChangeInput {}
