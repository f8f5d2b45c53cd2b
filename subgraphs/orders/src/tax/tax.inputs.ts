import {
  CountryCodeScalar,
  DecimalScalar,
  IdempotentInput,
  IdField,
  IntField,
  ListField,
  NestedListField,
  OmittableField,
  TextField,
} from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { MAX_ZONE_RATES } from './tax-zone-settings.ts';
import type { CategoryTreatment, TaxRounding } from './tax.ts';
import { CategoryTreatmentEnum, TaxRoundingEnum } from './tax.types.ts';

const VERSION = {
  min: 1,
  max: 2 ** 31 - 1,
  nullable: true,
  description: 'The change is refused when the object has another version.',
};
const REGION = {
  nullable: true,
  description: 'The region as addresses write it, in any letter case: "CA". Null: the whole country.',
};
const POSTAL_PATTERN = {
  nullable: true,
  max: 25,
  description: 'A postal code, or the beginning of one and an asterisk: "35*". Null: all postal codes.',
};
const RATES = { max: MAX_ZONE_RATES, description: 'Replaces the rates of the zone.' };

@InputType({ description: 'A rate of a zone. Rates of one category with different names add up.' })
export class TaxRateInput {
  @TextField({ max: 50, description: 'Code of a tax category.' })
  categoryCode!: string;

  @TextField({ max: 100, description: 'The name on invoices: "VAT".' })
  name!: string;

  @Field(() => DecimalScalar, { description: '0 to 100, with at most four decimal places.' })
  percent!: string;

  @TextField({ nullable: true, max: 10, description: 'The first day with the rate (UTC), "2026-01-31".' })
  validFrom?: string | null;

  @TextField({ nullable: true, max: 10, description: 'The first day without the rate (UTC), "2026-01-31".' })
  validUntil?: string | null;
}

@InputType({ description: 'Omitted fields keep their value.' })
export class TaxSettingsSetInput extends IdempotentInput {
  @IntField(VERSION)
  expectedVersion?: number | null;

  @OmittableField(() => Boolean, { description: 'Whether prices of goods and shipping include the tax.' })
  pricesIncludeTax?: boolean;

  @OmittableField(() => TaxRoundingEnum)
  rounding?: TaxRounding;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country in which the seller is established, for reverse charge. Null: no reverse charge.',
  })
  sellerCountryCode?: string | null;
}

@InputType()
export class TaxCategoryCreateInput extends IdempotentInput {
  @TextField({ max: 50, description: 'Small letters, digits and hyphens. It never changes.' })
  code!: string;

  @TextField()
  name!: string;

  @Field(() => CategoryTreatmentEnum, { nullable: true, description: 'Default: TAXED.' })
  treatment?: CategoryTreatment | null;
}

@InputType({ description: 'Omitted fields keep their value.' })
export class TaxCategoryUpdateInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField(VERSION)
  expectedVersion?: number | null;

  @TextField({ omittable: true })
  name?: string;

  @OmittableField(() => CategoryTreatmentEnum)
  treatment?: CategoryTreatment;
}

@InputType()
export class TaxCategoryDeleteInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField(VERSION)
  expectedVersion?: number | null;
}

@InputType()
export class TaxZoneCreateInput extends IdempotentInput {
  @TextField({ description: 'The name on tax lines.' })
  name!: string;

  @Field(() => CountryCodeScalar)
  countryCode!: string;

  @TextField(REGION)
  region?: string | null;

  @TextField(POSTAL_PATTERN)
  postalPattern?: string | null;

  @NestedListField(() => TaxRateInput, { ...RATES, description: 'The rates of the zone.' })
  rates!: TaxRateInput[];
}

@InputType({ description: 'Omitted fields keep their value.' })
export class TaxZoneUpdateInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField(VERSION)
  expectedVersion?: number | null;

  @TextField({ omittable: true })
  name?: string;

  @OmittableField(() => CountryCodeScalar)
  countryCode?: string;

  @TextField(REGION)
  region?: string | null;

  @TextField(POSTAL_PATTERN)
  postalPattern?: string | null;

  @NestedListField(() => TaxRateInput, { ...RATES, omittable: true })
  rates?: TaxRateInput[];
}

@InputType()
export class TaxZoneDeleteInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField(VERSION)
  expectedVersion?: number | null;
}

@InputType()
export class TaxStarterRatesAddInput extends IdempotentInput {
  @ListField(() => CountryCodeScalar, {
    max: 50,
    description: 'Countries without starter rates, and countries that have a zone already, are skipped.',
  })
  countryCodes!: string[];
}
