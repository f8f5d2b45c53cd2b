import { NestedListField, TextField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';
import { MAX_ATTRIBUTES } from './custom-attribute.ts';

const MAX_KEY = 100;
const MAX_VALUE = 500;
const MAX_PURCHASE_ORDER_NUMBER = 100;

@InputType({ description: 'A text under a key. The buyer sees both.' })
export class CustomAttributeInput {
  @TextField({ max: MAX_KEY })
  key!: string;

  @TextField({ max: MAX_VALUE })
  value!: string;
}

/** Declares the input field `attributes`, a list of keys and values. */
export const AttributesField = (): PropertyDecorator =>
  NestedListField(() => CustomAttributeInput, {
    nullable: true,
    max: MAX_ATTRIBUTES,
    description: 'Replaces all attributes. Default: unchanged. Null removes them.',
  });

/** Declares the input field `purchaseOrderNumber`. */
export const PurchaseOrderNumberField = (): PropertyDecorator =>
  TextField({
    max: MAX_PURCHASE_ORDER_NUMBER,
    nullable: true,
    description: "The number under which the buyer's company books the purchase. Default: unchanged. Null removes it.",
  });
