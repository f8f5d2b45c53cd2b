import { IdempotentInput, IdField, IntField, TextField } from '@souk/kit/graphql';
import { Field, ID, InputType } from 'type-graphql';
import { MAX_ON_HAND } from './stock-level.ts';

const MAX_VERSION = 2 ** 31 - 1; // the maximum of GraphQL's Int
const SKU = { max: 64 };
const REASON = { description: 'The reason for the ledger.' };

@InputType({ description: 'The filter of stock. Omitted fields do not filter.' })
export class StockFilterInput {
  @Field(() => String, { nullable: true })
  sku?: string | null;

  @Field(() => ID, { nullable: true })
  warehouseId?: string | null;
}

@InputType({ description: 'Set either `delta` or `setOnHand`.' })
export class StockAdjustInput extends IdempotentInput {
  @TextField(SKU)
  sku!: string;

  @IdField()
  warehouseId!: string;

  @IntField({
    nullable: true,
    min: -MAX_ON_HAND,
    max: MAX_ON_HAND,
    description: 'The number of units to add or, if negative, to remove.',
  })
  delta?: number | null;

  @IntField({ nullable: true, min: 0, max: MAX_ON_HAND, description: 'The counted number of units in the warehouse.' })
  setOnHand?: number | null;

  @TextField(REASON)
  reason!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a new stock level may have a SKU that no variant has. Default: false.',
  })
  allowUnknownSku?: boolean | null;

  @IntField({
    nullable: true,
    min: 0,
    max: MAX_VERSION,
    description:
      "The stock level's `version` that the caller has seen. 0 when the warehouse has no level of the SKU yet.",
  })
  expectedVersion?: number | null;
}

@InputType()
export class StockTransferInput extends IdempotentInput {
  @TextField(SKU)
  sku!: string;

  @IdField()
  fromWarehouseId!: string;

  @IdField()
  toWarehouseId!: string;

  @IntField({ min: 1, max: MAX_ON_HAND })
  quantity!: number;

  @TextField(REASON)
  reason!: string;
}
