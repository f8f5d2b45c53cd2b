import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { LineField } from './inputs.ts';
import { CountryCodeScalar } from './scalars.ts';

@Directive('@shareable')
@ObjectType('PostalAddress', { simpleResolvers: true, description: 'The address of a delivery or an invoice.' })
export class PostalAddressType {
  @Field(() => String, { description: 'Name of the recipient.' })
  name!: string;

  @Field(() => String)
  line1!: string;

  @Field(() => String, { nullable: true })
  line2!: string | null;

  @Field(() => String)
  city!: string;

  @Field(() => String, {
    nullable: true,
    description: 'State, province or county, if addresses in the country have one.',
  })
  region!: string | null;

  @Field(() => String, { nullable: true, description: 'Null when the country has no postal codes.' })
  postalCode!: string | null;

  @Field(() => CountryCodeScalar)
  countryCode!: string;

  @Field(() => String, { nullable: true })
  phone!: string | null;
}

@InputType('PostalAddressInput', { description: 'The address of a delivery or an invoice.' })
export class PostalAddressInput {
  @LineField({ description: 'Name of the recipient.' })
  name!: string;

  @LineField()
  line1!: string;

  @LineField({ nullable: true })
  line2?: string | null;

  @LineField()
  city!: string;

  @LineField({ nullable: true, description: 'State, province or county, if addresses in the country have one.' })
  region?: string | null;

  @LineField({
    nullable: true,
    max: 20,
    description:
      'Checked by the rule of the country, in any letter case. Omit it when the country has no postal codes, as Hong Kong or Qatar.',
  })
  postalCode?: string | null;

  @Field(() => CountryCodeScalar)
  countryCode!: string;

  @LineField({
    nullable: true,
    max: 40,
    description:
      'For the carrier: with + and the code of its country, or as it is dialed in the country of the address. Checked by the numbering plan of the country.',
  })
  phone?: string | null;
}
