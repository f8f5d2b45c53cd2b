import { DateTimeScalar, IdempotentInput, IntField, TextField } from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { MAX_ON_HAND } from '../stock/stock-level.ts';
import type { StockMode } from './stock-item.ts';
import { StockModeEnum } from './stock-item.types.ts';

const MAX_VERSION = 2 ** 31 - 1; // the maximum of GraphQL's Int

@InputType({ description: 'The filter of stock items. Omitted fields do not filter.' })
export class StockItemFilterInput {
  @Field(() => String, { nullable: true })
  sku?: string | null;

  @Field(() => StockModeEnum, { nullable: true })
  mode?: StockMode | null;
}

@InputType({ description: 'Omitted fields keep their value.' })
export class StockItemSetInput extends IdempotentInput {
  @TextField({ max: 64 })
  sku!: string;

  @Field(() => StockModeEnum, { nullable: true, description: 'Default of a new stock item: `RESERVE_ON_ORDER`.' })
  mode?: StockMode | null;

  @IntField({
    nullable: true,
    min: 60,
    max: 86_400,
    description: 'How long a cart reserves its units, in seconds. Default of a new stock item: 900.',
  })
  cartHoldSeconds?: number | null;

  @IntField({ nullable: true, min: 0, max: MAX_ON_HAND, description: 'Units to keep back from sale.' })
  safetyStock?: number | null;

  @IntField({
    nullable: true,
    min: 0,
    max: MAX_ON_HAND,
    description: 'The SKU is low when no more units than these can be sold. Null removes the threshold.',
  })
  lowStockThreshold?: number | null;

  @IntField({
    nullable: true,
    min: 0,
    max: MAX_ON_HAND,
    description: 'The most units that may wait for stock. 0 ends back-orders: units that wait already go on waiting.',
  })
  backorderLimit?: number | null;

  @IntField({ nullable: true, min: 0, max: MAX_ON_HAND, description: 'Units that are on their way to the shop.' })
  incomingQuantity?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time at which stock is expected. Null removes it.' })
  expectedAt?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a SKU that no variant has may get a stock item. Default: false.',
  })
  allowUnknownSku?: boolean | null;

  @IntField({
    nullable: true,
    min: 0,
    max: MAX_VERSION,
    description: "The stock item's `version` that the caller has seen. 0 when the SKU has no stock item yet.",
  })
  expectedVersion?: number | null;
}
