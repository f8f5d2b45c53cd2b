import { IdempotentInput, IdField, IntField, TextField } from '@souk/kit/graphql';
import { Field, ID, InputType } from 'type-graphql';
import { MAX_ON_HAND } from './stock-level.ts';

const MAX_VERSION = 2 ** 31 - 1; // Int of GraphQL
const SKU = { max: 64 };
const REASON = { description: 'Kept in the ledger, for people.' };

@InputType({ description: 'Which stock; what is not given does not narrow.' })
export class StockFilterInput {
  @Field(() => String, { nullable: true })
  sku?: string | null;

  @Field(() => ID, { nullable: true })
  warehouseId?: string | null;
}

@InputType({ description: 'Give either `delta` or `setOnHand`.' })
export class StockAdjustInput extends IdempotentInput {
  @TextField(SKU)
  sku!: string;

  @IdField()
  warehouseId!: string;

  @IntField({ nullable: true, min: -MAX_ON_HAND, max: MAX_ON_HAND, description: 'By how many units.' })
  delta?: number | null;

  @IntField({ nullable: true, min: 0, max: MAX_ON_HAND, description: 'To how many units, after counting them.' })
  setOnHand?: number | null;

  @TextField(REASON)
  reason!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether stock may begin of a SKU that no variant has. Default: false.',
  })
  allowUnknownSku?: boolean | null;

  @IntField({
    nullable: true,
    min: 0,
    max: MAX_VERSION,
    description: "The stock level's `version` that you have seen; 0 when the warehouse had no level of the SKU yet.",
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
