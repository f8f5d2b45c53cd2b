import { Field, ID, ObjectType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import { TaxCategoryType, TaxSettingsType, TaxZoneType } from './tax.types.ts';

@ObjectType()
abstract class TaxPayload {
  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class TaxSettingsSetPayload extends TaxPayload {
  @Field(() => TaxSettingsType, { nullable: true, description: 'Null when the change was refused.' })
  taxSettings?: TaxSettingsType | null;
}

@ObjectType()
abstract class TaxCategoryPayload extends TaxPayload {
  @Field(() => TaxCategoryType, { nullable: true, description: 'Null when the change was refused.' })
  taxCategory?: TaxCategoryType | null;
}

@ObjectType({ simpleResolvers: true })
export class TaxCategoryCreatePayload extends TaxCategoryPayload {}

@ObjectType({ simpleResolvers: true })
export class TaxCategoryUpdatePayload extends TaxCategoryPayload {}

@ObjectType()
abstract class TaxZonePayload extends TaxPayload {
  @Field(() => TaxZoneType, { nullable: true, description: 'Null when the change was refused.' })
  taxZone?: TaxZoneType | null;
}

@ObjectType({ simpleResolvers: true })
export class TaxZoneCreatePayload extends TaxZonePayload {}

@ObjectType({ simpleResolvers: true })
export class TaxZoneUpdatePayload extends TaxZonePayload {}

@ObjectType({ simpleResolvers: true })
export class TaxStarterRatesAddPayload extends TaxPayload {
  @Field(() => [TaxZoneType], { nullable: true, description: 'The added zones. Null when the change was refused.' })
  taxZones?: readonly TaxZoneType[] | null;
}

@ObjectType()
abstract class TaxDeletePayload extends TaxPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted object. Null when the deletion was refused.' })
  deletedId?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class TaxCategoryDeletePayload extends TaxDeletePayload {}

@ObjectType({ simpleResolvers: true })
export class TaxZoneDeletePayload extends TaxDeletePayload {}
