import {
  CountryCodeScalar,
  IdempotentInput,
  IdField,
  IntField,
  NestedListField,
  TextField,
  TextListField,
} from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { MAX_AREA_PATTERNS, MAX_ZONE_AREAS, PATTERN_RULE } from './shipping-zone.ts';

@InputType()
export class ShippingAreaInput {
  @Field(() => CountryCodeScalar, { nullable: true, description: 'Null: every country.' })
  countryCode?: string | null;

  @TextField({
    nullable: true,
    description: 'The region as addresses write it, in any letter case: "CA". Null: the whole country.',
  })
  region?: string | null;

  @TextListField({
    nullable: true,
    max: MAX_AREA_PATTERNS,
    description: `${PATTERN_RULE} Default: every postal code.`,
  })
  postalPatterns?: string[] | null;
}

const VERSION = {
  min: 1,
  max: 2 ** 31 - 1,
  nullable: true,
  description: 'The change is refused when the zone has another version.',
};

@InputType()
export class ShippingZoneCreateInput extends IdempotentInput {
  @TextField({ max: 100, description: 'Unique in the shop. It cannot be changed.' })
  code!: string;

  @TextField()
  name!: string;

  @NestedListField(() => ShippingAreaInput, { max: MAX_ZONE_AREAS })
  areas!: ShippingAreaInput[];
}

@InputType({ description: 'Omitted fields keep their value.' })
export class ShippingZoneUpdateInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField(VERSION)
  expectedVersion?: number | null;

  @TextField({ omittable: true })
  name?: string;

  @NestedListField(() => ShippingAreaInput, {
    omittable: true,
    max: MAX_ZONE_AREAS,
    description: 'Replaces the areas of the zone.',
  })
  areas?: ShippingAreaInput[];
}

@InputType()
export class ShippingZoneDeleteInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField(VERSION)
  expectedVersion?: number | null;
}
