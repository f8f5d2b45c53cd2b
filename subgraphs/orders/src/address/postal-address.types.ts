import { CountryCodeScalar, TextField } from '@souk/kit/graphql';
import { Matches } from 'class-validator';
import { Field, InputType, ObjectType } from 'type-graphql';

@ObjectType('PostalAddress', { simpleResolvers: true, description: 'Where goods or an invoice go.' })
export class PostalAddressType {
  @Field(() => String, { description: 'Of the recipient.' })
  name!: string;

  @Field(() => String)
  line1!: string;

  @Field(() => String, { nullable: true })
  line2!: string | null;

  @Field(() => String)
  city!: string;

  @Field(() => String, { nullable: true, description: 'State, province or county, where addresses have one.' })
  region!: string | null;

  @Field(() => String, { nullable: true, description: 'Null where the country has none.' })
  postalCode!: string | null;

  @Field(() => CountryCodeScalar)
  countryCode!: string;

  @Field(() => String, { nullable: true })
  phone!: string | null;
}

/** At least one visible character and no control character: label printers and Postgres cannot take controls. */
const Written = () =>
  Matches(/^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u, { message: '$property takes text on one line that is not blank' });

@InputType('PostalAddressInput', { description: 'Where goods or an invoice go.' })
export class PostalAddressInput {
  @Written()
  @TextField({ description: 'Of the recipient.' })
  name!: string;

  @Written()
  @TextField()
  line1!: string;

  @Written()
  @TextField({ nullable: true })
  line2?: string | null;

  @Written()
  @TextField()
  city!: string;

  @Written()
  @TextField({ nullable: true, description: 'State, province or county, where addresses have one.' })
  region?: string | null;

  @Written()
  @TextField({
    nullable: true,
    max: 20,
    description: 'By the rule of the country, in any case. Left out where the country has none: Hong Kong, Qatar.',
  })
  postalCode?: string | null;

  @Field(() => CountryCodeScalar)
  countryCode!: string;

  @Written()
  @TextField({ nullable: true, max: 40, description: 'For the carrier.' })
  phone?: string | null;
}
