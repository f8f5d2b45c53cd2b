import { IdempotentInput, IdField, IdListField, IntField, LineField, TextField, all } from '@souk/kit/graphql';
import { Matches } from 'class-validator';
import { InputType } from 'type-graphql';

/** The maximum number of customers in one request. */
const MEMBERS = { max: 500 };
const CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

function CodeField(options: { omittable?: boolean } = {}): PropertyDecorator {
  const description = 'Letters, digits, "-" and "_", at most 64. Unique in the shop, in any letter case.';
  const message = 'code takes up to 64 letters, digits, "-" and "_", and begins with a letter or a digit';
  return all(TextField({ ...options, max: 64, description }), Matches(CODE, { message }));
}

@InputType()
abstract class CustomerGroupChangeInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({
    nullable: true,
    min: 1,
    max: 2_147_483_647,
    description: 'The expected version. The change is refused when the group has another version.',
  })
  expectedVersion?: number | null;
}

@InputType()
export class CustomerGroupCreateInput extends IdempotentInput {
  @CodeField()
  code!: string;

  @LineField()
  name!: string;
}

@InputType({ description: 'Omitted fields keep their value.' })
export class CustomerGroupUpdateInput extends CustomerGroupChangeInput {
  @CodeField({ omittable: true })
  code?: string;

  @LineField({ omittable: true })
  name?: string;
}

@InputType()
export class CustomerGroupDeleteInput extends CustomerGroupChangeInput {}

@InputType()
export class CustomerGroupMembersAddInput extends CustomerGroupChangeInput {
  @IdListField(MEMBERS)
  customerIds!: string[];
}

@InputType()
export class CustomerGroupMembersRemoveInput extends CustomerGroupChangeInput {
  @IdListField(MEMBERS)
  customerIds!: string[];
}
