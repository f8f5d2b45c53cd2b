import { TextField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';

// These inputs have no idempotency key, because the stored result would contain secrets, recovery codes or tokens of the user.

@InputType()
export class LoginVerifyInput {
  @TextField({ max: 200, description: 'The token of the challenge that the login returned.' })
  challenge!: string;

  @TextField({ max: 40, description: 'The six digits that the app shows, or a recovery code.' })
  code!: string;
}

@InputType()
export class MfaEnrollInput {
  @TextField({ max: 255, description: 'The password of the user who is logged in.' })
  password!: string;
}

@InputType()
export class MfaConfirmInput {
  @TextField({ max: 40, description: 'The six digits that the new app shows.' })
  code!: string;
}

@InputType()
export class MfaDisableInput {
  @TextField({ max: 40, description: 'The six digits that the app shows, or a recovery code.' })
  code!: string;
}

@InputType()
export class MfaRecoveryCodesReplaceInput {
  @TextField({ max: 40, description: 'The six digits that the app shows, or a recovery code.' })
  code!: string;
}
