import { CountryCodeScalar } from '@souk/kit/graphql';
import { Field, ObjectType } from 'type-graphql';
import { PostalAddressType } from '@souk/kit/graphql';

@ObjectType('InvoiceSellerAddress', { simpleResolvers: true, description: 'The address of the seller.' })
export class InvoiceSellerAddressType {
  @Field(() => String)
  line1!: string;

  @Field(() => String, { nullable: true })
  line2!: string | null;

  @Field(() => String)
  city!: string;

  @Field(() => String, { nullable: true })
  region!: string | null;

  @Field(() => String, { nullable: true })
  postalCode!: string | null;

  @Field(() => CountryCodeScalar)
  countryCode!: string;
}

@ObjectType('BankAccount', { simpleResolvers: true, description: 'The account to which buyers pay.' })
export class BankAccountType {
  @Field(() => String)
  accountHolder!: string;

  @Field(() => String, { description: 'IBAN, or the number of the account.' })
  accountNumber!: string;

  @Field(() => String, { nullable: true })
  bankName!: string | null;

  @Field(() => String, { nullable: true })
  bic!: string | null;
}

@ObjectType('InvoiceSeller', { simpleResolvers: true, description: 'The seller as invoices show it.' })
export class InvoiceSellerType {
  @Field(() => String)
  legalName!: string;

  @Field(() => InvoiceSellerAddressType)
  address!: InvoiceSellerAddressType;

  @Field(() => String, { nullable: true })
  vatId!: string | null;

  @Field(() => String, { nullable: true, description: 'The number in the register of companies.' })
  registrationId!: string | null;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => String, { nullable: true })
  phone!: string | null;

  @Field(() => BankAccountType, { nullable: true })
  bank!: BankAccountType | null;

  @Field(() => String, { nullable: true, description: 'The text below the totals.' })
  footer!: string | null;

  @Field(() => String, { nullable: true, description: 'The color of the brand, "#1d4ed8".' })
  color!: string | null;
}

@ObjectType('InvoiceBuyer', { simpleResolvers: true, description: 'The buyer as invoices show it.' })
export class InvoiceBuyerType {
  @Field(() => String)
  email!: string;

  @Field(() => PostalAddressType)
  address!: PostalAddressType;

  @Field(() => String, { nullable: true })
  vatId!: string | null;
}
