import { AuditedType, connectionTypes, CountryCodeScalar, DateTimeScalar } from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { STOCK_READ } from '../stock-scopes.ts';
import { errors } from '../user-errors.ts';

@ObjectType('WarehouseAddress', { simpleResolvers: true })
export class WarehouseAddressType {
  @Field(() => String, { nullable: true })
  line1!: string | null;

  @Field(() => String, { nullable: true })
  line2!: string | null;

  @Field(() => String, { nullable: true })
  city!: string | null;

  @Field(() => String, { nullable: true })
  region!: string | null;

  @Field(() => String, { nullable: true })
  postalCode!: string | null;

  @Field(() => CountryCodeScalar)
  countryCode!: string;
}

/** Everyone may know `id`, `code` and `name`, because an order says from where it ships; the rest is for staff. */
@Directive('@key(fields: "id")')
@ObjectType('Warehouse', {
  implements: AuditedType,
  simpleResolvers: true,
  description: 'A place that holds stock and ships it.',
})
export class WarehouseType implements AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Unique in the shop, for people and other systems. Never changes.' })
  code!: string;

  @Field(() => String)
  name!: string;

  @Directive(STOCK_READ)
  @Field(() => WarehouseAddressType)
  address!: WarehouseAddressType;

  @Directive(STOCK_READ)
  @Field(() => Int, { description: 'Lower is taken from first.' })
  priority!: number;

  @Directive(STOCK_READ)
  @Field(() => Boolean, { description: 'Stock of an inactive warehouse is not sold.' })
  active!: boolean;

  @Directive(STOCK_READ)
  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Directive(STOCK_READ)
  @Field(() => ID, { nullable: true })
  createdBy!: string | null;

  @Directive(STOCK_READ)
  @Field(() => DateTimeScalar)
  updatedAt!: Date;

  @Directive(STOCK_READ)
  @Field(() => ID, { nullable: true })
  updatedBy!: string | null;

  @Directive(STOCK_READ)
  @Field(() => Int, { description: 'Grows with every change; `expectedVersion` of a mutation is compared with it.' })
  version!: number;
}

export const { ConnectionType: WarehouseConnectionType } = connectionTypes('Warehouse', WarehouseType);

@ObjectType('WarehousePayload', { simpleResolvers: true })
export class WarehousePayload {
  @Field(() => WarehouseType, { nullable: true })
  warehouse!: WarehouseType | null;

  @Field(() => [errors.UserError])
  userErrors!: unknown[];
}
