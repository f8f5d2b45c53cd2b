import { DateTimeScalar } from '@souk/kit/graphql';
import { Field, ObjectType } from 'type-graphql';
import { UserError } from '../user-errors.ts';
import { UserType } from '../user/user.types.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'A login whose password or mail link was right, and which needs a code of the authenticator app.',
})
export class LoginChallenge {
  @Field(() => String, { description: 'Send it with the code to `loginVerify`.' })
  token!: string;

  @Field(() => DateTimeScalar, { description: 'Five minutes after the password.' })
  expiresAt!: Date;
}

@ObjectType()
export abstract class TokensPayload {
  @Field(() => String, { nullable: true, description: 'Send it as `Authorization: Bearer`. Valid for 15 minutes.' })
  accessToken?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Valid once, for `tokenRefresh`: within 30 minutes for staff, within 7 days for shoppers. When the response is lost, the call can be repeated within 10 seconds.',
  })
  refreshToken?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Expiry time of the access token.' })
  expiresAt?: Date | null;

  @Field(() => UserType, { nullable: true })
  user?: UserType | null;

  @Field(() => LoginChallenge, {
    nullable: true,
    description: 'Returned in place of tokens when the user has an authenticator app: call `loginVerify`.',
  })
  challenge?: LoginChallenge | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}
