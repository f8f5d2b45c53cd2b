import { IdempotentInput, IdField, IdListField, IntField, LineField, TextField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';

/** The maximum number of customers in one call. */
const MEMBERS = { max: 500 };
const VAT_ID = {
  nullable: true,
  max: 32,
  description:
    'A VAT id of an EU country, with its prefix. The format and the check digits are checked, not whether the number is registered.',
};

@InputType()
abstract class CompanyChangeInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({
    nullable: true,
    min: 1,
    max: 2_147_483_647,
    description: 'The expected version. The change is refused when the company has another version.',
  })
  expectedVersion?: number | null;
}

@InputType()
export class CompanyCreateInput extends IdempotentInput {
  @LineField()
  name!: string;

  @TextField(VAT_ID)
  vatId?: string | null;
}

@InputType({ description: 'Omitted fields keep their value.' })
export class CompanyUpdateInput extends CompanyChangeInput {
  @LineField({ omittable: true })
  name?: string;

  @TextField({ ...VAT_ID, description: `${VAT_ID.description} Null: none.` })
  vatId?: string | null;
}

@InputType()
export class CompanyDeleteInput extends CompanyChangeInput {}

@InputType()
export class CompanyMembersAddInput extends CompanyChangeInput {
  @IdListField(MEMBERS)
  customerIds!: string[];
}

@InputType()
export class CompanyMembersRemoveInput extends CompanyChangeInput {
  @IdListField(MEMBERS)
  customerIds!: string[];
}
