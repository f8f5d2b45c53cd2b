import { CountryCodeScalar, IdempotentInput, IdField, IntField, NestedField, TextField } from '@souk/kit/graphql';
import { IsOptional } from 'class-validator';
import { Field, InputType } from 'type-graphql';

const PRIORITY = { nullable: true, min: -1_000_000, max: 1_000_000, description: 'Lower is taken from first.' };

@InputType()
export class WarehouseAddressInput {
  @TextField({ nullable: true })
  line1?: string | null;

  @TextField({ nullable: true })
  line2?: string | null;

  @TextField({ nullable: true })
  city?: string | null;

  @TextField({ nullable: true })
  region?: string | null;

  @TextField({ nullable: true, max: 32 })
  postalCode?: string | null;

  @Field(() => CountryCodeScalar)
  countryCode!: string;
}

@InputType()
export class WarehouseCreateInput extends IdempotentInput {
  @TextField({ max: 64 })
  code!: string;

  @TextField()
  name!: string;

  @NestedField(() => WarehouseAddressInput)
  address!: WarehouseAddressInput;

  @IntField(PRIORITY)
  priority?: number | null;
}

@InputType({ description: 'What is not given stays as it is.' })
export class WarehouseUpdateInput extends IdempotentInput {
  @IdField()
  id!: string;

  @TextField({ nullable: true })
  name?: string | null;

  @NestedField(() => WarehouseAddressInput, { nullable: true, description: 'Replaces the whole address.' })
  address?: WarehouseAddressInput | null;

  @IntField(PRIORITY)
  priority?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Stock of an inactive warehouse is not sold. Refused while units are reserved there.',
  })
  @IsOptional()
  active?: boolean | null;

  @IntField({ nullable: true, min: 1, max: 2_147_483_647 })
  expectedVersion?: number | null;
}

@InputType()
export class WarehouseDeleteInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({ nullable: true, min: 1, max: 2_147_483_647 })
  expectedVersion?: number | null;
}
