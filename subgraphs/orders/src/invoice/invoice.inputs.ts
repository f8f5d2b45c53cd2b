import {
  CountryCodeScalar,
  DateTimeScalar,
  IdempotentInput,
  IdField,
  IntField,
  NestedField,
  PageArgs,
  TextField,
} from '@souk/kit/graphql';
import { Matches } from 'class-validator';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PREFIX_PATTERN } from './invoice-number.ts';
import { InvoiceTypeEnum } from './invoice.types.ts';
import type { InvoiceType } from './invoice.ts';

const OPTIONAL = { nullable: true };
const prefix = {
  message:
    '$property takes up to 20 letters, digits and the characters / . _ - and "{year}" for the year, and does not end with a digit or the year',
};
const PREFIX =
  'Up to 20 letters, digits and "/", ".", "_", "-". "{year}" stands for the year of the issue. The last character is no digit.';

@InputType({ description: 'The address of the seller.' })
export class InvoiceSellerAddressInput {
  @TextField()
  line1!: string;

  @TextField(OPTIONAL)
  line2?: string | null;

  @TextField()
  city!: string;

  @TextField(OPTIONAL)
  region?: string | null;

  @TextField({ nullable: true, max: 20 })
  postalCode?: string | null;

  @Field(() => CountryCodeScalar)
  countryCode!: string;
}

@InputType({ description: 'The account to which buyers pay.' })
export class BankAccountInput {
  @TextField()
  accountHolder!: string;

  @TextField({ max: 50, description: 'IBAN, or the number of the account.' })
  accountNumber!: string;

  @TextField(OPTIONAL)
  bankName?: string | null;

  @TextField({ nullable: true, max: 11 })
  bic?: string | null;
}

@InputType({ description: 'The seller as invoices show it.' })
export class InvoiceSellerInput {
  @TextField()
  legalName!: string;

  @NestedField(() => InvoiceSellerAddressInput)
  address!: InvoiceSellerAddressInput;

  @TextField({ nullable: true, max: 20, description: 'With the prefix of the country: "DE123456788".' })
  vatId?: string | null;

  @TextField({ nullable: true, max: 50, description: 'The number in the register of companies.' })
  registrationId?: string | null;

  @TextField({ nullable: true, max: 254 })
  email?: string | null;

  @TextField({ nullable: true, max: 40 })
  phone?: string | null;

  @NestedField(() => BankAccountInput, OPTIONAL)
  bank?: BankAccountInput | null;

  @TextField({ nullable: true, max: 1000, description: 'The text below the totals.' })
  footer?: string | null;

  @Matches(/^#[0-9a-fA-F]{6}$/, { message: 'color takes six hexadecimal digits, such as "#1d4ed8"' })
  @TextField({ nullable: true, max: 7, description: 'The color of the brand, "#1d4ed8".' })
  color?: string | null;
}

@InputType({ description: 'Replaces the settings of invoices. Issued invoices do not change.' })
export class InvoiceSettingsSetInput extends IdempotentInput {
  @NestedField(() => InvoiceSellerInput)
  seller!: InvoiceSellerInput;

  @Matches(PREFIX_PATTERN, prefix)
  @TextField({ max: 20, description: `The beginning of the numbers of invoices. ${PREFIX}` })
  invoicePrefix!: string;

  @Matches(PREFIX_PATTERN, prefix)
  @TextField({ max: 20, description: `The beginning of the numbers of credit notes. ${PREFIX}` })
  creditNotePrefix!: string;

  @Field(() => Boolean, { description: 'Whether a paid order gets its invoice without staff.' })
  isAutomatic!: boolean;

  @IntField({
    min: 0,
    max: 2 ** 31 - 1,
    nullable: true,
    description: 'The `version` that the caller has seen. 0: there are no settings yet.',
  })
  expectedVersion?: number | null;
}

@InputType()
export class InvoiceCreateInput extends IdempotentInput {
  @IdField()
  orderId!: string;
}

@InputType({ description: 'The filter of a list of invoices. All conditions must hold.' })
export class InvoiceFilterInput {
  @Field(() => InvoiceTypeEnum, { nullable: true })
  type?: InvoiceType | null;

  @Field(() => ID, { nullable: true })
  orderId?: string | null;

  @TextField({ nullable: true, max: 50 })
  number?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Issued at this time or later.' })
  issuedAfter?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Issued before this time.' })
  issuedBefore?: Date | null;
}

@ArgsType()
export class InvoicesArgs extends PageArgs {
  @Field(() => InvoiceFilterInput, { nullable: true })
  filter?: InvoiceFilterInput | null;
}
