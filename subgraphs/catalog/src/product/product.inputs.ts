import {
  CountryCodeScalar,
  IdempotentInput,
  IdField,
  IdListField,
  IntField,
  NestedField,
  NestedListField,
  OmittableField,
  TextField,
  TextListField,
} from '@souk/kit/graphql';
import { Matches } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import {
  CHANGED_SEO,
  ChangeInputType,
  NEW_SEO,
  PriceInput,
  TranslationInputType,
  unitPrices,
} from '../catalog.inputs.ts';
import { ContentInput } from '../pricing/price.inputs.ts';
import type { VariantDraft } from '../variant/variant-draft.ts';
import type { ProductStatus } from './product-draft.ts';
import { MediaKindEnum, ProductStatusEnum } from './product.types.ts';

const MAX_VARIANTS = 500;
const MAX_PLACES = 50;
const MAX_MILLIMETERS = 100_000;
/** Matches http(s) URLs and paths on this server. A `javascript:` URL must be refused, because it would run in a shopper's browser. */
const WEB_ADDRESS = /^(https?:\/\/|\/(?!\/))/;
const SLUG = {
  nullable: true,
  description:
    'Small letters, digits, single dashes. Default: derived from the name, with a number when that slug is taken.',
};
const REFERENCE = { nullable: true, description: "The object's id in another system, unique in the shop." };

const TAX_CATEGORY = { nullable: true, max: 50 };

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
  @TextField({ max: 100, description: 'The code of an existing attribute.' })
  code!: string;

  @TextListField({ max: 100 })
  values!: string[];
}

@InputType('ProductMediaInput')
export class ProductMediaInput {
  @TextField({ max: 2048, nullable: true, description: 'The address of a file on another server.' })
  @Matches(WEB_ADDRESS, { message: '$property begins with https://, http:// or a single /' })
  url?: string | null;

  @IdField({ nullable: true, description: 'An uploaded picture that is READY, instead of `url`.' })
  mediaId?: string | null;

  @TextField({
    nullable: true,
    min: 0,
    description:
      'Description of the picture or film for people who cannot see it. Default: the alternative text of the uploaded picture.',
  })
  alt?: string | null;

  @IntField({ nullable: true, min: 1, max: 100_000 })
  width?: number | null;

  @IntField({ nullable: true, min: 1, max: 100_000 })
  height?: number | null;

  @Field(() => MediaKindEnum, { nullable: true, description: 'Default: IMAGE.' })
  kind?: 'IMAGE' | 'VIDEO' | null;
}

@InputType('VariantSizeInput', { description: 'The size of one unit with its packaging.' })
export class VariantSizeInput {
  @IntField({ min: 1, max: MAX_MILLIMETERS })
  lengthMm!: number;

  @IntField({ min: 1, max: MAX_MILLIMETERS })
  widthMm!: number;

  @IntField({ min: 1, max: MAX_MILLIMETERS })
  heightMm!: number;
}

@InputType('ProductVariantInput')
export class ProductVariantInput {
  @TextField({ max: 100 })
  sku!: string;

  @TextField({ nullable: true, description: 'Default: the option values, "M / Blue".' })
  name?: string | null;

  @NestedListField(() => OptionValueInput, {
    nullable: true,
    description: 'One value of every option of the product.',
    max: 20,
  })
  options?: OptionValueInput[] | null;

  @NestedListField(() => PriceInput, { nullable: true, description: 'At most one in each currency.', max: 200 })
  prices?: PriceInput[] | null;

  @IntField({ nullable: true, min: 0, max: 2_000_000_000 })
  weightGrams?: number | null;

  @TextField({ nullable: true, max: 30, description: 'A GTIN of 8, 12, 13 or 14 digits, unique in the shop.' })
  barcode?: string | null;

  @NestedField(() => VariantSizeInput, { nullable: true, description: 'Default: not declared.' })
  size?: VariantSizeInput | null;

  @NestedField(() => ContentInput, {
    nullable: true,
    description: 'How much one unit contains. Default: not declared.',
  })
  content?: ContentInput | null;

  @NestedListField(() => AttributeValuesInput, { nullable: true, max: 100 })
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

  @TextField({ ...TAX_CATEGORY, description: 'Code of the tax category. Default: standard.' })
  taxCategory?: string | null;

  @Field(() => ProductStatusEnum, {
    nullable: true,
    description: 'Default: DRAFT. With variants, one of them must have a price to be PUBLISHED.',
  })
  status?: ProductStatus | null;

  @IdField({ nullable: true, description: 'Default: no brand.' })
  brandId?: string | null;

  @TextListField({ nullable: true, max: 50, description: 'Words by which staff group products.' })
  tags?: string[] | null;

  @TextField(NEW_SEO.title)
  seoTitle?: string | null;

  @TextField(NEW_SEO.description)
  seoDescription?: string | null;

  @TextField({
    nullable: true,
    max: 30,
    description: 'Code of the Harmonized System for customs: 6 to 12 digits, with or without points.',
  })
  hsCode?: string | null;

  @Field(() => CountryCodeScalar, { nullable: true, description: 'The country in which the product was made.' })
  originCountry?: string | null;

  @NestedListField(() => ProductOptionInput, {
    nullable: true,
    description: 'Default: derived from the variants.',
    max: 20,
  })
  options?: ProductOptionInput[] | null;

  @NestedListField(() => ProductVariantInput, { nullable: true, max: MAX_VARIANTS })
  variants?: ProductVariantInput[] | null;

  @IdListField({ nullable: true, max: MAX_PLACES })
  categoryIds?: string[] | null;

  @IdListField({ nullable: true, max: MAX_PLACES })
  collectionIds?: string[] | null;

  @NestedListField(() => AttributeValuesInput, { nullable: true, max: 100 })
  attributes?: AttributeValuesInput[] | null;

  @NestedListField(() => TranslationInputType, { nullable: true, max: 100 })
  translations?: TranslationInputType[] | null;

  @NestedListField(() => ProductMediaInput, { nullable: true, max: 100 })
  media?: ProductMediaInput[] | null;
}

@InputType('ProductUpdateInput', { description: 'Omitted fields keep their value. Lists are replaced as a whole.' })
export class ProductUpdateInput extends ChangeInputType {
  @TextField({ omittable: true })
  name?: string;

  @TextField({ omittable: true })
  slug?: string;

  @TextField({ nullable: true, min: 0, max: 50_000, description: 'Null clears it.' })
  description?: string | null;

  @TextField({ omittable: true, max: 100 })
  baseSku?: string;

  @TextField({ nullable: true, description: 'Null clears it.' })
  externalReference?: string | null;

  @TextField({ ...TAX_CATEGORY, description: 'Code of the tax category. Null: standard.' })
  taxCategory?: string | null;

  @OmittableField(() => ProductStatusEnum)
  status?: ProductStatus;

  @IdField({ nullable: true, description: 'Null removes the brand.' })
  brandId?: string | null;

  @TextListField({ nullable: true, max: 50, description: 'Words by which staff group products. Null clears all.' })
  tags?: string[] | null;

  @TextField(CHANGED_SEO.title)
  seoTitle?: string | null;

  @TextField(CHANGED_SEO.description)
  seoDescription?: string | null;

  @TextField({
    nullable: true,
    max: 30,
    description: 'Code of the Harmonized System for customs: 6 to 12 digits, with or without points. Null clears it.',
  })
  hsCode?: string | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country in which the product was made. Null clears it.',
  })
  originCountry?: string | null;

  @NestedListField(() => ProductOptionInput, {
    nullable: true,
    description: 'Every variant must have one of the values of each. Null clears all.',
    max: 20,
  })
  options?: ProductOptionInput[] | null;

  @IdListField({ nullable: true, max: MAX_PLACES, description: 'Null clears all.' })
  categoryIds?: string[] | null;

  @IdListField({ nullable: true, max: MAX_PLACES, description: 'Null clears all.' })
  collectionIds?: string[] | null;

  @NestedListField(() => AttributeValuesInput, { nullable: true, max: 100, description: 'Null clears all.' })
  attributes?: AttributeValuesInput[] | null;

  @NestedListField(() => ProductMediaInput, { nullable: true, max: 100, description: 'Null clears all.' })
  media?: ProductMediaInput[] | null;
}

@InputType('ProductDeleteInput')
export class ProductDeleteInput extends ChangeInputType {}

@InputType('ProductPublishInput')
export class ProductPublishInput extends ChangeInputType {}

@InputType('ProductUnpublishInput')
export class ProductUnpublishInput extends ChangeInputType {}

@InputType('ProductTranslationSetInput', {
  description: 'Sets the texts of one language. Without any text, the language is removed.',
})
export class ProductTranslationSetInput extends ChangeInputType {
  @TextField({ min: 2, max: 35, description: 'BCP 47: "de", "pt-BR".' })
  locale!: string;

  @TextField({ nullable: true })
  name?: string | null;

  @TextField({ nullable: true, min: 0, max: 50_000 })
  description?: string | null;

  @TextField({ nullable: true, min: 0, description: 'The title for search engines. Omitted: it stays.' })
  seoTitle?: string | null;

  @TextField({
    nullable: true,
    min: 0,
    max: 1_000,
    description: 'The description for search engines. Omitted: it stays.',
  })
  seoDescription?: string | null;
}

/** Converts the input for a variant. Renames the fields of its prices. */
export function variantDraft({ prices, ...input }: ProductVariantInput): VariantDraft {
  return { ...input, prices: unitPrices(prices ?? []) };
}
