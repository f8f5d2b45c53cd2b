import { CurrencyCodeScalar, DecimalScalar, PageArgs, requireId } from '@souk/kit/graphql';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { sortOf, type ProductFilter, type ProductSortField } from './product-filter.ts';
import type { ProductListQuery } from './product-list.rows.ts';
import { ProductSortFieldEnum, SortDirectionEnum } from './product.types.ts';

@InputType('PriceFilterInput', { description: 'Products whose price range reaches into these bounds.' })
export class PriceFilterInput {
  @Field(() => DecimalScalar, { nullable: true })
  min?: string | null;

  @Field(() => DecimalScalar, { nullable: true })
  max?: string | null;

  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;
}

@InputType('AttributeFilterInput', { description: 'Products that have one of the values.' })
export class AttributeFilterInput {
  @Field(() => String)
  code!: string;

  @Field(() => [String])
  values!: string[];
}

@InputType('ProductFilterInput', { description: 'All that is said must hold.' })
export class ProductFilterInput {
  @Field(() => String, { nullable: true, description: 'Id or slug; what lies below it is included.' })
  category?: string | null;

  @Field(() => String, { nullable: true, description: 'Id or slug.' })
  collection?: string | null;

  @Field(() => PriceFilterInput, { nullable: true })
  price?: PriceFilterInput | null;

  @Field(() => [AttributeFilterInput], { nullable: true })
  attributes?: AttributeFilterInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether any variant can be bought now. Follows the stock within moments.',
  })
  inStock?: boolean | null;

  @Field(() => [ID], { nullable: true })
  ids?: string[] | null;

  @Field(() => [String], { nullable: true })
  skus?: string[] | null;
}

@InputType('ProductSortInput')
export class ProductSortInput {
  @Field(() => ProductSortFieldEnum)
  field!: ProductSortField;

  @Field(() => SortDirectionEnum, { nullable: true, description: 'Default: DESC for NEWEST, else ASC.' })
  direction?: 'asc' | 'desc' | null;
}

/** The arguments of every list of products. */
@ArgsType()
export class ProductListArgs extends PageArgs {
  @Field(() => ProductFilterInput, { nullable: true })
  filter?: ProductFilterInput | null;

  @Field(() => ProductSortInput, { nullable: true, description: 'Default: the newest first.' })
  sort?: ProductSortInput | null;
}

/** The page that the arguments ask for; `within` is what the list is of. @throws GraphQLError for an id that is none. */
export function productListQuery(
  { first, after, filter, sort }: ProductListArgs,
  within: ProductFilter = {},
): ProductListQuery {
  const { price, ...others } = filter ?? {};
  for (const id of others.ids ?? []) requireId('filter.ids', id);
  const priced = price && { min: price.min ?? null, max: price.max ?? null, currency: price.currencyCode };
  return {
    first,
    after,
    filter: { ...others, ...(priced && { price: priced }), ...within },
    sort: sortOf(sort?.field, sort?.direction),
  };
}
