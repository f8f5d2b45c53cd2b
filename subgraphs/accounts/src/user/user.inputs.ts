import { all, IdempotentInput, TextField } from '@souk/kit/graphql';
import { Matches } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import type { Role } from './role.policy.ts';
import { RoleEnum } from './user.types.ts';

/** A string field of at most 254 characters that must be an e-mail address. */
export function EmailField(): PropertyDecorator {
  // The event contracts use the same rule. `IsEmail` is not used, because it throws an error for an unpaired surrogate.
  return all(TextField({ max: 254 }), Matches(z.regexes.email, { message: 'email is not a valid e-mail address' }));
}

/** A string field for the password of a staff member. */
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
