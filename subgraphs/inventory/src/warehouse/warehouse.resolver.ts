import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { StockRead, StockWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import { WarehouseCreateInput, WarehouseDeleteInput, WarehouseUpdateInput } from './warehouse.inputs.ts';
import { presentWarehouse } from './warehouse.presenter.ts';
import type { WarehouseService } from './warehouse.service.ts';
import type { Warehouse } from './warehouse.ts';
import { WarehouseConnectionType, WarehouseDeletePayload, WarehousePayload, WarehouseType } from './warehouse.types.ts';

const payload = (warehouse: Warehouse) => ({ warehouse: presentWarehouse(warehouse) });

@Resolver()
export class WarehouseResolver {
  readonly #service: WarehouseService;

  constructor(service: WarehouseService) {
    this.#service = service;
  }

  @ForScope(StockRead)
  @Query(() => WarehouseConnectionType, {
    nullable: true,
    description: 'The warehouses in the order in which stock is taken from them.',
  })
  async warehouses(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#service.page(ctx, page)), presentWarehouse);
  }

  @ForScope(StockRead)
  @Query(() => WarehouseType, { nullable: true })
  async warehouse(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const warehouse = await this.#service.byId(ctx, requireId('id', id));
    return warehouse && presentWarehouse(warehouse);
  }

  @ForScope(StockWrite)
  @Mutation(() => WarehousePayload, { nullable: true })
  warehouseCreate(@Arg('input', () => WarehouseCreateInput) input: WarehouseCreateInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#service.create(ctx, input), payload);
  }

  @ForScope(StockWrite)
  @Mutation(() => WarehousePayload, { nullable: true })
  warehouseUpdate(@Arg('input', () => WarehouseUpdateInput) input: WarehouseUpdateInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#service.update(ctx, input), payload);
  }

  @ForScope(StockWrite)
  @Mutation(() => WarehouseDeletePayload, {
    nullable: true,
    description:
      'Deletes a warehouse, or deactivates it when the stock ledger refers to it. Refused while the warehouse holds stock or reserved units.',
  })
  warehouseDelete(@Arg('input', () => WarehouseDeleteInput) input: WarehouseDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#service.delete(ctx, input),
      (kept) => ({ deletedId: kept ? null : input.id, warehouse: kept && presentWarehouse(kept) }),
    );
  }
}
