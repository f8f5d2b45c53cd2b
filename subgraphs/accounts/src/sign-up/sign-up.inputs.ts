import { CountryCodeScalar, CurrencyCodeScalar, LineField, TextField } from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { EmailField, StaffPasswordField } from '../user/user.inputs.ts';

/** The mutation has no idempotency key, because the stored result would contain tokens of the owner. */
@InputType()
export class SignUpInput {
  @LineField({ description: 'The name of the shop, as buyers see it.' })
  shopName!: string;

  @TextField({
    max: 63,
    description:
      'The name of the shop in addresses and in `X-Tenant-ID`: 3 to 40 small letters, digits and single dashes. A refusal suggests a free one.',
  })
  slug!: string;

  @LineField({ description: 'The name of the owner, as the owner writes it.' })
  ownerName!: string;

  @EmailField()
  email!: string;

  @StaffPasswordField()
  password!: string;

  @Field(() => CurrencyCodeScalar, {
    defaultValue: 'EUR',
    description: 'The currency of prices and carts without another one.',
  })
  defaultCurrency!: string;

  @TextField({ max: 35, description: 'The language of names and descriptions in the catalog (BCP 47).' })
  defaultLocale!: string;

  @Field(() => CountryCodeScalar, { description: 'The country of the shop.' })
  countryCode!: string;
}
