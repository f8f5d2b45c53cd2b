import {
  CountryCodeScalar,
  IdempotentInput,
  IdField,
  IntField,
  NestedField,
  OmittableField,
  LineField,
  TextField,
} from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';

const PRIORITY = { min: -1_000_000, max: 1_000_000, description: 'Stock is taken from lower numbers first.' };

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

  @LineField()
  name!: string;

  @NestedField(() => WarehouseAddressInput)
  address!: WarehouseAddressInput;

  @IntField({ ...PRIORITY, nullable: true })
  priority?: number | null;
}

@InputType({ description: 'Omitted fields keep their value.' })
export class WarehouseUpdateInput extends IdempotentInput {
  @IdField()
  id!: string;

  @LineField({ omittable: true })
  name?: string;

  @NestedField(() => WarehouseAddressInput, { omittable: true, description: 'Replaces the whole address.' })
  address?: WarehouseAddressInput;

  @IntField({ ...PRIORITY, omittable: true })
  priority?: number;

  @OmittableField(() => Boolean, {
    description: 'Stock of an inactive warehouse is not sold. Refused while units are reserved there.',
  })
  active?: boolean;

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
