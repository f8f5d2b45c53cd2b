import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { StockRead, StockWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import type { StockChangeService } from './stock-change.service.ts';
import type { StockReader } from './stock-reader.service.ts';
import { StockAdjustInput, StockFilterInput, StockTransferInput } from './stock.inputs.ts';
import { presentStockLevel, presentStockMovement } from './stock.presenter.ts';
import {
  StockAdjustPayload,
  StockLevelConnectionType,
  StockMovementConnectionType,
  StockTransferPayload,
} from './stock.types.ts';

@Resolver()
export class StockResolver {
  readonly #queries: StockReader;
  readonly #changes: StockChangeService;

  constructor(queries: StockReader, changes: StockChangeService) {
    this.#queries = queries;
    this.#changes = changes;
  }

  @ForScope(StockRead)
  @Query(() => StockLevelConnectionType, { nullable: true, description: 'Stock levels by SKU.' })
  async stockLevels(
    @Arg('filter', () => StockFilterInput, { nullable: true }) filter: StockFilterInput | null,
    @Arg('low', () => Boolean, {
      nullable: true,
      description: 'True: only SKUs of which no more units than their `lowStockThreshold` can be sold.',
    })
    low: boolean | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: RequestContext,
  ) {
    const { sku, warehouseId } = checkedFilter(filter);
    const levels = await this.#queries.levels(ctx, { sku, warehouseId, low }, page);
    return presentConnection(valueOrThrow(levels), presentStockLevel);
  }

  @ForScope(StockRead)
  @Query(() => StockMovementConnectionType, { nullable: true, description: 'The stock ledger, newest entry first.' })
  async stockMovements(
    @Arg('filter', () => StockFilterInput, { nullable: true }) filter: StockFilterInput | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: RequestContext,
  ) {
    const movements = await this.#queries.movements(ctx, checkedFilter(filter), page);
    return presentConnection(valueOrThrow(movements), presentStockMovement);
  }

  @ForScope(StockWrite)
  @Mutation(() => StockAdjustPayload, {
    nullable: true,
    description: 'Corrects the stock of a SKU in a warehouse. Creates the stock level when the warehouse has none.',
  })
  stockAdjust(@Arg('input', () => StockAdjustInput) input: StockAdjustInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#changes.adjust(ctx, input),
      (level) => ({ stockLevel: presentStockLevel(level) }),
    );
  }

  @ForScope(StockWrite)
  @Mutation(() => StockTransferPayload, {
    nullable: true,
    description: 'Moves unreserved units to another warehouse.',
  })
  stockTransfer(@Arg('input', () => StockTransferInput) input: StockTransferInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#changes.transfer(ctx, input),
      ({ from, to }) => ({ from: presentStockLevel(from), to: presentStockLevel(to) }),
    );
  }
}

function checkedFilter(filter: StockFilterInput | null): StockFilterInput {
  if (filter?.warehouseId) requireId('filter.warehouseId', filter.warehouseId);
  return filter ?? {};
}
