import { DateTimeScalar } from '@souk/kit/graphql';
import { Field, Int, ObjectType } from 'type-graphql';
import { TokensPayload } from '../session/session.types.ts';
import { UserError } from '../user-errors.ts';

const CODES = 'Ten codes for a login without the app, each for one use. Shown only once: ask the user to keep them.';

@ObjectType({ simpleResolvers: true, description: 'The confirmed authenticator app of a user.' })
export class MfaStatus {
  @Field(() => DateTimeScalar, { description: 'The time of the first code. Since then logins need a code.' })
  confirmedAt!: Date;

  @Field(() => Int, { description: 'The number of unused recovery codes.' })
  recoveryCodesLeft!: number;
}

@ObjectType({ simpleResolvers: true })
export class LoginVerifyPayload extends TokensPayload {}

@ObjectType({ simpleResolvers: true })
export class MfaEnrollPayload {
  @Field(() => String, { nullable: true, description: 'The secret in base32, for manual entry. Shown only once.' })
  secret?: string | null;

  @Field(() => String, { nullable: true, description: 'The `otpauth` URI for a QR code. Contains the secret.' })
  uri?: string | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class MfaConfirmPayload {
  @Field(() => [String], { nullable: true, description: CODES })
  recoveryCodes?: readonly string[] | null;

  @Field(() => MfaStatus, { nullable: true })
  mfa?: MfaStatus | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class MfaRecoveryCodesReplacePayload {
  @Field(() => [String], { nullable: true, description: CODES })
  recoveryCodes?: readonly string[] | null;

  @Field(() => MfaStatus, { nullable: true })
  mfa?: MfaStatus | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}
