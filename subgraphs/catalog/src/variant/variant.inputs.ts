import { IdempotencyKeyField, IdField, IntField, NestedField, NestedListField, TextField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';
import { ChangeInputType, PriceInput } from '../catalog.inputs.ts';
import { ContentInput } from '../pricing/price.inputs.ts';
import {
  AttributeValuesInput,
  OptionValueInput,
  ProductVariantInput,
  VariantSizeInput,
} from '../product/product.inputs.ts';

@InputType('ProductVariantCreateInput')
export class ProductVariantCreateInput extends ProductVariantInput {
  @IdField()
  productId!: string;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType('ProductVariantUpdateInput', { description: 'Omitted fields keep their value.' })
export class ProductVariantUpdateInput extends ChangeInputType {
  @TextField({ omittable: true, max: 100 })
  sku?: string;

  @TextField({ omittable: true })
  name?: string;

  @NestedListField(() => OptionValueInput, {
    nullable: true,
    description: 'One value of every option of the product. Null clears all.',
    max: 20,
  })
  options?: OptionValueInput[] | null;

  @IntField({ nullable: true, min: 0, max: 2_000_000_000, description: 'Null clears it.' })
  weightGrams?: number | null;

  @TextField({
    nullable: true,
    max: 30,
    description: 'A GTIN of 8, 12, 13 or 14 digits, unique in the shop. Null clears it.',
  })
  barcode?: string | null;

  @NestedField(() => VariantSizeInput, { nullable: true, description: 'Null clears it.' })
  size?: VariantSizeInput | null;

  @NestedField(() => ContentInput, { nullable: true, description: 'How much one unit contains. Null clears it.' })
  content?: ContentInput | null;

  @NestedListField(() => AttributeValuesInput, { nullable: true, max: 100, description: 'Null clears all.' })
  attributes?: AttributeValuesInput[] | null;

  @TextField({ nullable: true, description: 'Null clears it.' })
  externalReference?: string | null;
}

@InputType('ProductVariantDeleteInput')
export class ProductVariantDeleteInput extends ChangeInputType {}

@InputType('VariantPricesSetInput', {
  description: 'Replaces all prices of a variant. Currencies that are not given lose their price.',
})
export class VariantPricesSetInput extends ChangeInputType {
  @NestedListField(() => PriceInput, { max: 200 })
  prices!: PriceInput[];
}
