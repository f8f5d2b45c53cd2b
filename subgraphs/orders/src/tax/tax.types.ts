import {
  AuditedFor,
  AuditedType,
  connectionTypes,
  CountryCodeScalar,
  DecimalScalar,
  PageArgs,
  enumOf,
} from '@souk/kit/graphql';
import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { TaxesRead } from '../contract.ts';
import { CATEGORY_TREATMENTS, TAX_ROUNDINGS, type CategoryTreatment, type TaxRounding } from './tax.ts';

export const TaxRoundingEnum = enumOf(TAX_ROUNDINGS);
registerEnumType(TaxRoundingEnum, {
  name: 'TaxRounding',
  description:
    'The amount whose tax is rounded, half up. UNIT: one unit. LINE: a line. TOTAL: all lines with the same rates; the tax is split over these lines.',
});
export const CategoryTreatmentEnum = enumOf(CATEGORY_TREATMENTS);
registerEnumType(CategoryTreatmentEnum, {
  name: 'TaxCategoryTreatment',
  description: 'TAXED: by the rates of the zone. ZERO_RATED and EXEMPT: 0 % in every zone.',
});

@ObjectType('TaxSettings', { simpleResolvers: true, description: "The shop's decisions about taxes." })
export class TaxSettingsType {
  @Field(() => Boolean, { description: 'Whether prices of goods and shipping include the tax.' })
  pricesIncludeTax!: boolean;

  @Field(() => TaxRoundingEnum)
  rounding!: TaxRounding;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country in which the seller is established, for reverse charge. Null: no reverse charge.',
  })
  sellerCountryCode!: string | null;

  @Field(() => Int, { description: '`taxSettingsSet` compares its `expectedVersion` with it.' })
  version!: number;
}

@ObjectType('TaxCategory', {
  simpleResolvers: true,
  description: 'A category of goods or services, which products name by its code.',
})
export class TaxCategoryType {
  @Field(() => ID, { nullable: true, description: 'Null: a category of every shop, which cannot change.' })
  id!: string | null;

  @Field(() => Int, { nullable: true, description: 'Null: a category of every shop.' })
  version!: number | null;

  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => CategoryTreatmentEnum)
  treatment!: CategoryTreatment;
}

@ObjectType('TaxRate', {
  simpleResolvers: true,
  description: 'A rate of a zone. Rates of one category with different names add up.',
})
export class TaxRateType {
  @Field(() => String, { description: 'Code of the tax category.' })
  categoryCode!: string;

  @Field(() => String, { description: 'The name on invoices: "VAT".' })
  name!: string;

  @Field(() => DecimalScalar, { description: 'With at least two decimal places, "19.00".' })
  percent!: string;

  @Field(() => String, { nullable: true, description: 'The first day with the rate (UTC). Null: no beginning.' })
  validFrom!: string | null;

  @Field(() => String, { nullable: true, description: 'The first day without the rate (UTC). Null: no end.' })
  validUntil!: string | null;
}

@AuditedFor(TaxesRead)
@ObjectType('TaxZone', {
  implements: AuditedType,
  simpleResolvers: true,
  description:
    'The area in which rates apply. The most specific zone of an address applies: postal code before region before country.',
})
export class TaxZoneType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The name on tax lines.' })
  name!: string;

  @Field(() => CountryCodeScalar)
  countryCode!: string;

  @Field(() => String, { nullable: true, description: 'In capitals: "CA". Null: the whole country.' })
  region!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A postal code, or the beginning of one and an asterisk: "35*". Null: all postal codes.',
  })
  postalPattern!: string | null;

  @Field(() => [TaxRateType], { description: 'At most 200, those of the past and the future included.' })
  rates!: readonly TaxRateType[];
}

export const { ConnectionType: TaxZoneConnection } = connectionTypes('TaxZone', TaxZoneType);

@ArgsType()
export class TaxZonesArgs extends PageArgs {
  @Field(() => CountryCodeScalar, { nullable: true, description: 'Only zones of this country.' })
  countryCode?: string | null;
}
