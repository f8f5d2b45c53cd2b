import {
  CurrencyCodeScalar,
  DecimalScalar,
  IdListField,
  NestedListField,
  NestedField,
  PageArgs,
  TextField,
  TextListField,
} from '@souk/kit/graphql';
import { ArgsType, Field, InputType } from 'type-graphql';
import { sortOf, type ProductFilter, type ProductSortField } from './product-filter.ts';
import type { ProductListQuery } from './product-list.repository.ts';
import { ProductSortFieldEnum, SortDirectionEnum } from './product.types.ts';

@InputType('PriceFilterInput', { description: 'Products whose price range overlaps these bounds.' })
export class PriceFilterInput {
  @Field(() => DecimalScalar, { nullable: true })
  min?: string | null;

  @Field(() => DecimalScalar, { nullable: true })
  max?: string | null;

  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;
}

@InputType('AttributeFilterInput', { description: 'Products with one of the values.' })
export class AttributeFilterInput {
  @TextField({ max: 100 })
  code!: string;

  @TextListField({ max: 50 })
  values!: string[];
}

@InputType('ProductFilterInput', { description: 'All conditions must hold.' })
export class ProductFilterInput {
  @Field(() => String, { nullable: true, description: 'Id or slug. Products of descendants are included.' })
  category?: string | null;

  @Field(() => String, { nullable: true, description: 'Id or slug.' })
  collection?: string | null;

  @Field(() => PriceFilterInput, { nullable: true })
  price?: PriceFilterInput | null;

  @NestedListField(() => AttributeFilterInput, { nullable: true, max: 10 })
  attributes?: AttributeFilterInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether any variant can be bought now. Follows the stock within moments.',
  })
  inStock?: boolean | null;

  @IdListField({ nullable: true, max: 200 })
  ids?: string[] | null;

  @TextListField({ nullable: true, max: 200 })
  skus?: string[] | null;
}

@InputType('ProductSortInput')
export class ProductSortInput {
  @Field(() => ProductSortFieldEnum)
  field!: ProductSortField;

  @Field(() => SortDirectionEnum, { nullable: true, description: 'Default: DESC for NEWEST, otherwise ASC.' })
  direction?: 'asc' | 'desc' | null;
}

/** The arguments of every list of products. */
@ArgsType()
export class ProductListArgs extends PageArgs {
  @NestedField(() => ProductFilterInput, { nullable: true })
  filter?: ProductFilterInput | null;

  @Field(() => ProductSortInput, { nullable: true, description: 'Default: newest first.' })
  sort?: ProductSortInput | null;
}

/** Converts arguments to a query. @param within the category or collection whose products are listed */
export function productListQuery(
  { filter, sort, ...page }: ProductListArgs,
  within: ProductFilter = {},
): ProductListQuery {
  const { price, ...others } = filter ?? {};
  const priced = price && { min: price.min ?? null, max: price.max ?? null, currency: price.currencyCode };
  return {
    page,
    filter: { ...others, ...(priced && { price: priced }), ...within },
    sort: sortOf(sort?.field, sort?.direction),
  };
}
