import { connectionTypes, CountryCodeScalar, DateTimeScalar, ForScope, NodeType } from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { StockRead } from '../contract.ts';
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

/**
 * A buyer reads `id`, `code` and `name` through an order, and the subgraph orders returns these three fields. The other fields are for
 * staff. They are nullable, so a guest who selects one of them still receives the rest. The type is therefore not `Audited`, whose fields
 * are never null.
 */
@Directive('@key(fields: "id")')
@ObjectType('Warehouse', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A place that holds stock and ships it.',
})
export class WarehouseType {
  @Field(() => ID)
  id!: string;

  @Directive('@shareable')
  @Field(() => String, { description: 'Unique in the shop, for people and other systems. Never changes.' })
  code!: string;

  @Directive('@shareable')
  @Field(() => String)
  name!: string;

  @ForScope(StockRead)
  @Field(() => WarehouseAddressType, { nullable: true })
  address!: WarehouseAddressType | null;

  @ForScope(StockRead)
  @Field(() => Int, { nullable: true, description: 'Stock is taken from lower numbers first.' })
  priority!: number | null;

  @ForScope(StockRead)
  @Field(() => Boolean, { nullable: true, description: 'Stock of an inactive warehouse is not sold.' })
  active!: boolean | null;

  @ForScope(StockRead)
  @Field(() => DateTimeScalar, { nullable: true })
  createdAt!: Date | null;

  @ForScope(StockRead)
  @Field(() => ID, { nullable: true })
  createdBy!: string | null;

  @ForScope(StockRead)
  @Field(() => DateTimeScalar, { nullable: true })
  updatedAt!: Date | null;

  @ForScope(StockRead)
  @Field(() => ID, { nullable: true })
  updatedBy!: string | null;

  @ForScope(StockRead)
  @Field(() => Int, {
    nullable: true,
    description: 'Increases with every change. Mutations compare their `expectedVersion` with it.',
  })
  version!: number | null;
}

export const { ConnectionType: WarehouseConnectionType } = connectionTypes('Warehouse', WarehouseType);

@ObjectType('WarehousePayload', { simpleResolvers: true })
export class WarehousePayload {
  @Field(() => WarehouseType, { nullable: true })
  warehouse!: WarehouseType | null;

  @Field(() => [errors.UserError])
  userErrors!: unknown[];
}

@ObjectType('WarehouseDeletePayload', { simpleResolvers: true })
export class WarehouseDeletePayload {
  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the deleted warehouse. Null when the deletion was refused, or the warehouse was only deactivated.',
  })
  deletedId?: string | null;

  @Field(() => WarehouseType, {
    nullable: true,
    description: 'The deactivated warehouse, when the stock ledger or an order refers to it. Its stock is not sold.',
  })
  warehouse?: WarehouseType | null;

  @Field(() => [errors.UserError])
  userErrors!: unknown[];
}
