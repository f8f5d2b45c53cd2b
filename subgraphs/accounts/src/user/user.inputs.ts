import { all, IdempotentInput, TextField } from '@souk/kit/graphql';
import { Matches } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import type { Role } from './role.policy.ts';
import { RoleEnum } from './user.types.ts';

/** An e-mail address. */
export function EmailField(): PropertyDecorator {
  // The rule is the same as in the contracts of events. IsEmail would throw an error for half of a surrogate pair.
  return all(TextField({ max: 254 }), Matches(z.regexes.email, { message: 'email is not a valid e-mail address' }));
}

/** A password of staff. */
export function StaffPasswordField(): PropertyDecorator {
  return TextField({ min: 12, max: 255, description: 'At least 12 characters. Breached passwords are refused.' });
}

@InputType()
export class UserCreateInput extends IdempotentInput {
  @EmailField()
  email!: string;

  @StaffPasswordField()
  password!: string;

  @Field(() => RoleEnum)
  role!: Role;
}
