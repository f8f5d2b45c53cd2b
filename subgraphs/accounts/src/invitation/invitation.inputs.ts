import { IdempotentInput, IdField, IntField, LineField, TextField } from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import type { StaffRole } from '../user/role.policy.ts';
import { EmailField, StaffPasswordField } from '../user/user.inputs.ts';
import { StaffRoleEnum } from '../user/user.types.ts';

@InputType()
export class UserInviteInput extends IdempotentInput {
  @EmailField()
  email!: string;

  @Field(() => StaffRoleEnum)
  role!: StaffRole;
}

@InputType()
export class InvitationRevokeInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({
    nullable: true,
    min: 1,
    max: 2_147_483_647,
    description: 'The expected version. The change is refused when the invitation has another version.',
  })
  expectedVersion?: number | null;
}

/** The mutation has no idempotency key, because the stored result would contain tokens of the new user. */
@InputType()
export class InvitationAcceptInput {
  @TextField({ description: 'The token of the link, after `#token=`.' })
  token!: string;

  @LineField({ nullable: true, min: 0, description: 'The name of the user, as the user writes it.' })
  name?: string | null;

  @StaffPasswordField()
  password!: string;
}
