import { TextField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';

// The inputs of login, refresh and logout have no idempotency key, because the stored result would contain tokens of the user.

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
