import {
  AuditedFor,
  AuditedType,
  connectionTypes,
  CountryCodeScalar,
  DateTimeScalar,
  ForScope,
  MoneyType,
  NodeType,
  enumOf,
} from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ContentType } from '../pricing/price.types.ts';
import { CatalogWrite } from '../contract.ts';
import type { LoadedProduct, LoadedVariant } from './loaded-product.repository.ts';
import { PRODUCT_SORT_FIELDS } from './product-filter.ts';

export const ProductStatusEnum = enumOf(['DRAFT', 'PUBLISHED']);
registerEnumType(ProductStatusEnum, { name: 'ProductStatus', description: 'Shoppers see PUBLISHED products only.' });
export const MediaKindEnum = enumOf(['IMAGE', 'VIDEO']);
registerEnumType(MediaKindEnum, { name: 'MediaKind' });
export const ProductSortFieldEnum = enumOf(PRODUCT_SORT_FIELDS);
registerEnumType(ProductSortFieldEnum, {
  name: 'ProductSortField',
  description:
    'NEWEST: by the time of the first publication. NAME: by the untranslated name. PRICE: by the lowest price in the default currency; products without a price count as most expensive.',
});
export const SortDirectionEnum = { ASC: 'asc', DESC: 'desc' } as const;
registerEnumType(SortDirectionEnum, { name: 'SortDirection' });

// The type has the cost weight 0, because its fields are part of the product's row.
@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('ProductOption', {
  simpleResolvers: true,
  description: 'A property in which the variants of a product differ, such as "Size".',
})
export class ProductOptionType {
  @Field(() => String)
  name!: string;

  @Field(() => [String], { description: 'In display order.' })
  values!: readonly string[];
}

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('OptionValue', {
  simpleResolvers: true,
  description: 'The value that a variant has of one option: "Size" is "M".',
})
export class OptionValueType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('AttributeValues', {
  simpleResolvers: true,
  description: 'The values of one attribute that a product or variant has.',
})
export class AttributeValuesType {
  @Field(() => String, { description: 'Stable, for programs: "material".' })
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String])
  values!: readonly string[];
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('ProductMedia', { simpleResolvers: true })
export class ProductMediaType {
  @Field(() => String, {
    description:
      'An absolute address. Only a server without a configured public address returns paths for its own files.',
  })
  url!: string;

  @Field(() => String, { description: 'Description of the picture or film for people who cannot see it.' })
  alt!: string;

  @Field(() => Int, { nullable: true, description: 'In pixels.' })
  width!: number | null;

  @Field(() => Int, { nullable: true, description: 'In pixels.' })
  height!: number | null;

  @Field(() => MediaKindEnum)
  kind!: string;

  /** Not a GraphQL field. The id of the uploaded picture, from which `media` is resolved. */
  readonly media_id!: string | null;
}

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('PriceRange', { simpleResolvers: true, description: "Lowest and highest price of a product's variants." })
export class PriceRangeType {
  @Field(() => MoneyType)
  min!: MoneyType;

  @Field(() => MoneyType)
  max!: MoneyType;
}

@Directive('@key(fields: "id")')
@Directive('@cacheControl(maxAge: 300)')
@AuditedFor(CatalogWrite)
@ObjectType('Product', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description:
    'A product that is sold in one or more variants. Names and descriptions are in the language of the request.',
})
export class ProductType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The last part of the address in the shop, unique in the shop.' })
  slug!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => String, { description: 'The common part of the SKUs of its variants.' })
  baseSku!: string;

  @Field(() => ProductStatusEnum)
  status!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time of the first publication.' })
  publishedAt!: Date | null;

  @ForScope(CatalogWrite)
  @Field(() => String, { nullable: true, description: "The object's id in another system, unique in the shop." })
  externalReference!: string | null;

  @Field(() => String, { nullable: true, description: 'Code of the tax category. Null: standard.' })
  taxCategory!: string | null;

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [String], { description: 'Words by which staff group products, at most 50. Search filters by them.' })
  tags!: readonly string[];

  @Field(() => String, { nullable: true, description: 'The title for search engines. Null: the name.' })
  seoTitle!: string | null;

  @Field(() => String, { nullable: true, description: 'The description for search engines. Null: the description.' })
  seoDescription!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the Harmonized System for customs, 6 to 12 digits: "610910".',
  })
  hsCode!: string | null;

  @Field(() => CountryCodeScalar, { nullable: true, description: 'The country in which the product was made.' })
  originCountry!: string | null;

  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [ProductOptionType])
  options!: readonly ProductOptionType[];

  /** Not a GraphQL field. The details that were loaded together with the product. */
  readonly loaded!: LoadedProduct;
}

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('VariantSize', {
  simpleResolvers: true,
  description: 'The size of one unit with its packaging, in millimeters.',
})
export class VariantSizeType {
  @Field(() => Int)
  lengthMm!: number;

  @Field(() => Int)
  widthMm!: number;

  @Field(() => Int)
  heightMm!: number;
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku")')
@Directive('@cacheControl(maxAge: 300)')
@AuditedFor(CatalogWrite)
@ObjectType('ProductVariant', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description: 'One sellable form of a product, which is put into a cart, priced and kept in stock.',
})
export class ProductVariantType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Stock keeping unit, unique in the shop.' })
  sku!: string;

  @Field(() => String, { description: 'The name that distinguishes the variant from the others: "M / Blue".' })
  name!: string;

  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [OptionValueType])
  options!: readonly OptionValueType[];

  @Field(() => Int, { nullable: true })
  weightGrams!: number | null;

  @Field(() => VariantSizeType, { nullable: true })
  size!: VariantSizeType | null;

  @Field(() => String, {
    nullable: true,
    description: 'A GTIN (EAN, UPC) in its shortest form, unique in the shop: "4006381333931".',
  })
  barcode!: string | null;

  @Field(() => ContentType, { nullable: true, description: 'How much one unit contains. Null: not declared.' })
  content!: ContentType | null;

  @ForScope(CatalogWrite)
  @Field(() => String, { nullable: true, description: "The object's id in another system, unique in the shop." })
  externalReference!: string | null;

  /** Not a GraphQL field. The details that were loaded together with the variant. */
  readonly loaded!: LoadedVariant;
  /** Not a GraphQL field. The product through which the query reached the variant, so `product` is resolved without another read. */
  readonly reachedFrom?: ProductType;
}

export const { ConnectionType: ProductConnection } = connectionTypes('Product', ProductType);
export const { ConnectionType: ProductVariantConnection } = connectionTypes('ProductVariant', ProductVariantType);
