import { TextField } from '@souk/kit/graphql';
import { Matches } from 'class-validator';
import { InputType } from 'type-graphql';
import { z } from 'zod';

// The inputs in this file have no idempotency key. A repeated request must send another mail. For a link that logs in, the stored result
// would contain tokens.

/** Accepts the same e-mail addresses as the event contracts. */
function EmailField(): PropertyDecorator {
  return (target, property) => {
    TextField({ max: 254 })(target, property);
    Matches(z.regexes.email, { message: 'email is not a valid e-mail address' })(target, property);
  };
}

@InputType()
abstract class LinkRequestInput {
  @EmailField()
  email!: string;
}

@InputType()
export class CustomerRegisterInput extends LinkRequestInput {
  @TextField({ nullable: true, description: 'The name of the shopper, as the shopper writes it.' })
  name?: string | null;
}

@InputType()
export class PasswordResetRequestInput extends LinkRequestInput {}

@InputType()
export class LoginLinkRequestInput extends LinkRequestInput {}

@InputType()
export class LoginLinkUseInput {
  @TextField({ description: 'The token of the link, after `#token=`.' })
  token!: string;
}

@InputType()
abstract class LinkWithPasswordInput extends LoginLinkUseInput {
  @TextField({ min: 12, max: 255, description: 'At least 12 characters. Breached passwords are refused.' })
  password!: string;
}

@InputType()
export class CustomerVerifyInput extends LinkWithPasswordInput {}

@InputType()
export class PasswordResetInput extends LinkWithPasswordInput {}
