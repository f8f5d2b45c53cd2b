import { IdempotentInput, IdField, IntField, TextField, TextListField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';
import { MAX_VERSION } from '../cart/cart.inputs.ts';
import {
  AttributesField,
  PurchaseOrderNumberField,
  type CustomAttributeInput,
} from '../custom-attribute/custom-attribute.inputs.ts';
import { MAX_TAG_LENGTH, MAX_TAGS } from '../order/order-tag.ts';

const MAX_NOTE = 5000;

@InputType()
export class OrderUpdateInput extends IdempotentInput {
  @IdField()
  orderId!: string;

  @IntField({
    min: 1,
    max: MAX_VERSION,
    nullable: true,
    description: "The order's `version` that the caller has seen.",
  })
  expectedVersion?: number | null;

  @TextListField({
    nullable: true,
    max: MAX_TAGS,
    description: `Replaces all tags. A tag has at most ${MAX_TAG_LENGTH} characters and is stored in small letters. Default: unchanged. Null removes them.`,
  })
  tags?: string[] | null;

  @PurchaseOrderNumberField()
  purchaseOrderNumber?: string | null;

  @AttributesField()
  attributes?: CustomAttributeInput[] | null;
}

@InputType()
export class OrderNoteAddInput extends IdempotentInput {
  @IdField()
  orderId!: string;

  @TextField({ max: MAX_NOTE, description: 'The buyer never sees the text.' })
  text!: string;
}

@InputType()
export class OrderNoteDeleteInput extends IdempotentInput {
  @IdField()
  noteId!: string;
}
