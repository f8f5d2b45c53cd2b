import { AuditedFor, AuditedType, connectionTypes, CountryCodeScalar } from '@souk/kit/graphql';
import { SettingsWrite } from '@souk/accounts/contract';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import { MAX_AREA_PATTERNS, MAX_ZONE_AREAS, PATTERN_RULE } from './shipping-zone.ts';

@Directive('@cost(weight: 0)')
@ObjectType('ShippingArea', { simpleResolvers: true, description: 'A country, or a part of one.' })
export class ShippingAreaType {
  @Field(() => CountryCodeScalar, { nullable: true, description: 'Null: every country.' })
  countryCode!: string | null;

  @Field(() => String, { nullable: true, description: 'In capitals: "CA". Null: the whole country.' })
  region!: string | null;

  @Field(() => [String], { description: `${PATTERN_RULE} Empty: every postal code. At most ${MAX_AREA_PATTERNS}.` })
  postalPatterns!: readonly string[];
}

@AuditedFor(SettingsWrite)
@ObjectType('ShippingZone', {
  implements: AuditedType,
  simpleResolvers: true,
  description:
    'A part of the world with its own shipping prices. An address belongs to the zone with the most specific area: postal code before region before country. Among equal ones the first zone by code.',
})
export class ShippingZoneType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [ShippingAreaType], { description: `At most ${MAX_ZONE_AREAS}.` })
  areas!: readonly ShippingAreaType[];
}

export const { ConnectionType: ShippingZoneConnection } = connectionTypes('ShippingZone', ShippingZoneType);

@ObjectType()
abstract class ShippingZonePayload {
  @Field(() => ShippingZoneType, { nullable: true, description: 'Null when the change was refused.' })
  shippingZone?: ShippingZoneType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class ShippingZoneCreatePayload extends ShippingZonePayload {}

@ObjectType({ simpleResolvers: true })
export class ShippingZoneUpdatePayload extends ShippingZonePayload {}

@ObjectType({ simpleResolvers: true })
export class ShippingZoneDeletePayload {
  @Field(() => ID, { nullable: true, description: 'Null when the deletion was refused.' })
  deletedId?: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
