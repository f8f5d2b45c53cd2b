import { IdempotentInput, IdField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';

@InputType()
export class MessageRetryInput extends IdempotentInput {
  @IdField()
  id!: string;
}
