import { ListField, NestedField, PageArgs } from '@souk/kit/graphql';
import { ArgsType, InputType } from 'type-graphql';
import type { DisputeStatus } from './dispute.ts';
import { DisputeStatusEnum } from './dispute.types.ts';

@InputType()
export class PaymentDisputeFilterInput {
  @ListField(() => DisputeStatusEnum, { nullable: true, max: 20, description: 'Disputes in any of these states.' })
  status?: DisputeStatus[] | null;
}

@ArgsType()
export class PaymentDisputesArgs extends PageArgs {
  @NestedField(() => PaymentDisputeFilterInput, { nullable: true })
  filter?: PaymentDisputeFilterInput | null;
}
