import { IdempotentInput, TextField } from '@souk/kit/graphql';
import { Matches } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import type { Role } from './role.policy.ts';
import { RoleEnum } from './user.types.ts';

@InputType()
export class UserCreateInput extends IdempotentInput {
  @TextField({ max: 254 })
  // The rule is the same as in the contracts of events. IsEmail would throw an error for half of a surrogate pair.
  @Matches(z.regexes.email, { message: 'email is not a valid e-mail address' })
  email!: string;

  @TextField({ min: 12, max: 255, description: 'At least 12 characters. Breached passwords are refused.' })
  password!: string;

  @Field(() => RoleEnum)
  role!: Role;
}
