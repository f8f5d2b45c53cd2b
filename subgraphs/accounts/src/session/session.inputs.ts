import { TextField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';

// These inputs have no idempotency key, because the stored result would be a token that opens the account.

@InputType()
export class LoginInput {
  @TextField({ max: 254 })
  email!: string;

  @TextField({ max: 255 })
  password!: string;
}

@InputType()
export class TokenRefreshInput {
  @TextField()
  refreshToken!: string;
}

@InputType()
export class LogoutInput {
  @TextField()
  refreshToken!: string;
}
