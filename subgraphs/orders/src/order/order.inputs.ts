import { IdempotentInput, IdField, IntField, TextField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';

const MAX_VERSION = 2 ** 31 - 1; // Int of GraphQL

@InputType()
export class OrderCancelInput extends IdempotentInput {
  @IdField()
  orderId!: string;

  @TextField({ description: 'For the buyer and the history.' })
  reason!: string;

  @IntField({ min: 1, max: MAX_VERSION, nullable: true, description: "The order's `version` that you have seen." })
  expectedVersion?: number | null;
}
