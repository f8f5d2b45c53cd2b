import { IdempotentInput, IntField, NestedField, TextField } from '@souk/kit/graphql';
import { ArrayMaxSize, Matches } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import {
  ChangeInputType,
  IdListField,
  PriceInput,
  TextListField,
  TranslationInputType,
  unitPrices,
} from '../inputs.ts';
import type { VariantDraft } from '../variant/variant-draft.ts';
import type { ProductStatus } from './product-draft.ts';
import { MediaKindEnum, ProductStatusEnum } from './product.types.ts';

const MAX_VARIANTS = 500;
const MAX_PLACES = 50;
/** Pages link to what it names: a `javascript:` would run in the browser of whoever looks at the product. */
const WEB_ADDRESS = /^(https?:\/\/|\/(?!\/))/;
const SLUG = { nullable: true, description: 'Small letters, digits, single dashes. Default: made from the name.' };
const REFERENCE = { nullable: true, description: 'Its id in another system, unique in the shop.' };

@InputType('ProductOptionInput')
export class ProductOptionInput {
  @TextField({ max: 100 })
  name!: string;

  @TextListField({ max: MAX_VARIANTS })
  values!: string[];
}

@InputType('OptionValueInput')
export class OptionValueInput {
  @TextField({ max: 100 })
  name!: string;

  @TextField()
  value!: string;
}

@InputType('AttributeValuesInput')
export class AttributeValuesInput {
  @TextField({ max: 100, description: 'Of an attribute that exists.' })
  code!: string;

  @TextListField({ max: 100 })
  values!: string[];
}

@InputType('ProductMediaInput')
export class ProductMediaInput {
  @TextField({ max: 2048 })
  @Matches(WEB_ADDRESS, { message: '$property begins with https://, http:// or a single /' })
  url!: string;

  @TextField({ nullable: true, min: 0, description: 'What it shows, for those who cannot see it.' })
  alt?: string | null;

  @IntField({ nullable: true, min: 1, max: 100_000 })
  width?: number | null;

  @IntField({ nullable: true, min: 1, max: 100_000 })
  height?: number | null;

  @Field(() => MediaKindEnum, { nullable: true, description: 'Default: IMAGE.' })
  kind?: 'IMAGE' | 'VIDEO' | null;
}

@InputType('ProductVariantInput')
export class ProductVariantInput {
  @TextField({ max: 100 })
  sku!: string;

  @TextField({ nullable: true, description: 'Default: its option values, "M / Blue".' })
  name?: string | null;

  @NestedField(() => [OptionValueInput], { nullable: true, description: 'One value of every option of the product.' })
  @ArrayMaxSize(20)
  options?: OptionValueInput[] | null;

  @NestedField(() => [PriceInput], { nullable: true, description: 'At most one in each currency.' })
  @ArrayMaxSize(200)
  prices?: PriceInput[] | null;

  @IntField({ nullable: true, min: 0, max: 2_000_000_000 })
  weightGrams?: number | null;

  @NestedField(() => [AttributeValuesInput], { nullable: true })
  @ArrayMaxSize(100)
  attributes?: AttributeValuesInput[] | null;

  @TextField(REFERENCE)
  externalReference?: string | null;
}

@InputType('ProductCreateInput')
export class ProductCreateInput extends IdempotentInput {
  @TextField()
  name!: string;

  @TextField(SLUG)
  slug?: string | null;

  @TextField({ nullable: true, min: 0, max: 50_000 })
  description?: string | null;

  @TextField({ max: 100 })
  baseSku!: string;

  @TextField(REFERENCE)
  externalReference?: string | null;

  @Field(() => ProductStatusEnum, { nullable: true, description: 'Default: DRAFT.' })
  status?: ProductStatus | null;

  @NestedField(() => [ProductOptionInput], { nullable: true, description: 'Default: what the variants show.' })
  @ArrayMaxSize(20)
  options?: ProductOptionInput[] | null;

  @NestedField(() => [ProductVariantInput], { nullable: true })
  @ArrayMaxSize(MAX_VARIANTS)
  variants?: ProductVariantInput[] | null;

  @IdListField({ nullable: true, max: MAX_PLACES })
  categoryIds?: string[] | null;

  @IdListField({ nullable: true, max: MAX_PLACES })
  collectionIds?: string[] | null;

  @NestedField(() => [AttributeValuesInput], { nullable: true })
  @ArrayMaxSize(100)
  attributes?: AttributeValuesInput[] | null;

  @NestedField(() => [TranslationInputType], { nullable: true })
  @ArrayMaxSize(100)
  translations?: TranslationInputType[] | null;

  @NestedField(() => [ProductMediaInput], { nullable: true })
  @ArrayMaxSize(100)
  media?: ProductMediaInput[] | null;
}

@InputType('ProductUpdateInput', { description: 'What is not named stays as it is; lists are replaced as a whole.' })
export class ProductUpdateInput extends ChangeInputType {
  @TextField({ nullable: true })
  name?: string | null;

  @TextField({ nullable: true })
  slug?: string | null;

  @TextField({ nullable: true, min: 0, max: 50_000 })
  description?: string | null;

  @TextField({ nullable: true, max: 100 })
  baseSku?: string | null;

  @TextField({ nullable: true, description: 'Null takes it away.' })
  externalReference?: string | null;

  @Field(() => ProductStatusEnum, { nullable: true })
  status?: ProductStatus | null;

  @NestedField(() => [ProductOptionInput], {
    nullable: true,
    description: 'Every variant must have one of the values of each.',
  })
  @ArrayMaxSize(20)
  options?: ProductOptionInput[] | null;

  @IdListField({ nullable: true, max: MAX_PLACES })
  categoryIds?: string[] | null;

  @IdListField({ nullable: true, max: MAX_PLACES })
  collectionIds?: string[] | null;

  @NestedField(() => [AttributeValuesInput], { nullable: true })
  @ArrayMaxSize(100)
  attributes?: AttributeValuesInput[] | null;

  @NestedField(() => [ProductMediaInput], { nullable: true })
  @ArrayMaxSize(100)
  media?: ProductMediaInput[] | null;
}

@InputType('ProductDeleteInput')
export class ProductDeleteInput extends ChangeInputType {}

@InputType('ProductPublishInput')
export class ProductPublishInput extends ChangeInputType {}

@InputType('ProductUnpublishInput')
export class ProductUnpublishInput extends ChangeInputType {}

@InputType('ProductTranslationSetInput', {
  description: 'Sets the texts of one language; without any text, takes that language away.',
})
export class ProductTranslationSetInput extends ChangeInputType {
  @TextField({ min: 2, max: 35, description: 'BCP 47: "de", "pt-BR".' })
  locale!: string;

  @TextField({ nullable: true })
  name?: string | null;

  @TextField({ nullable: true, min: 0, max: 50_000 })
  description?: string | null;
}

/** The draft that an input of a variant is. */
export function variantDraft({ prices, ...input }: ProductVariantInput): VariantDraft {
  return { ...input, prices: unitPrices(prices ?? []) };
}
