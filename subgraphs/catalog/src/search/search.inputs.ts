import { IdempotentInput, IntField, NestedField, NestedListField, TextField, TextListField } from '@souk/kit/graphql';
import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { AttributeFilterInput, PriceFilterInput } from '../product/product-list.inputs.ts';
import type { Synonyms } from './query/search-clause.ts';
import type { SearchQuery } from './query/search-query.ts';
import type { SearchSort } from './search-engine.ts';
import { SearchSortEnum } from './search.types.ts';

const MAX_QUERY = 200;
const MAX_SYNONYM_GROUPS = 500;
const MAX_PHRASES = 20;

@InputType('SearchFilterInput', {
  description: 'All conditions must hold. Of several values of a condition, one suffices.',
})
export class SearchFilterInput {
  @TextListField({ nullable: true, max: 20, description: 'Ids or slugs. Products of descendants are included.' })
  categories?: string[] | null;

  @TextListField({ nullable: true, max: 50, description: 'Ids or slugs.' })
  brands?: string[] | null;

  @TextListField({ nullable: true, max: 50, description: 'Letter case matters.' })
  tags?: string[] | null;

  @TextField({ nullable: true, description: 'Id or slug.' })
  collection?: string | null;

  @NestedField(() => PriceFilterInput, {
    nullable: true,
    description: "Bounds of a product's lowest price, both included.",
  })
  price?: PriceFilterInput | null;

  @NestedListField(() => AttributeFilterInput, { nullable: true, max: 10 })
  attributes?: AttributeFilterInput[] | null;

  @Field(() => Boolean, { nullable: true })
  inStock?: boolean | null;
}

@ArgsType()
export class SearchArgs {
  @TextField({
    min: 0,
    max: MAX_QUERY,
    description: 'Words, part numbers or measures. An empty text finds all products. The first 20 words count.',
  })
  query!: string;

  @NestedField(() => SearchFilterInput, { nullable: true })
  filter?: SearchFilterInput | null;

  @Field(() => SearchSortEnum, { nullable: true, description: 'Default: RELEVANCE.' })
  sort?: SearchSort | null;

  @Field(() => Int, { nullable: true, description: 'Number of products, 1 to 200. Default: 24.' })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The `endCursor` of the previous page, with the same query, filter and sort.',
  })
  after?: string | null;
}

/** Converts the arguments to a query. */
export function searchQueryOf({ query, filter, sort, first, after }: SearchArgs): SearchQuery {
  const { price, ...others } = filter ?? {};
  const priced = price && { min: price.min ?? null, max: price.max ?? null, currency: price.currencyCode };
  return {
    query,
    filter: { ...others, ...(priced && { price: priced }) },
    sort: sort ?? 'RELEVANCE',
    first: first ?? null,
    after: after ?? null,
  };
}

@InputType('SearchSynonymGroupInput')
export class SearchSynonymGroupInput {
  @TextListField({ max: MAX_PHRASES, description: 'Two phrases or more.' })
  phrases!: string[];
}

@InputType('SearchSynonymsSetInput', { description: 'Replaces all synonyms of the shop.' })
export class SearchSynonymsSetInput extends IdempotentInput {
  @NestedListField(() => SearchSynonymGroupInput, { max: MAX_SYNONYM_GROUPS })
  synonyms!: SearchSynonymGroupInput[];
}

@InputType('SearchRebuildInput', {
  description: 'Builds the index of the shop anew. Products stay findable meanwhile.',
})
export class SearchRebuildInput extends IdempotentInput {}

export const synonymsOf = ({ synonyms }: SearchSynonymsSetInput): Synonyms => synonyms.map(({ phrases }) => phrases);

@ArgsType()
export class SuggestArgs {
  @TextField({ min: 0, max: MAX_QUERY, description: 'The text so far.' })
  prefix!: string;

  @IntField({
    nullable: true,
    min: 1,
    max: 20,
    description: 'Number of suggestions of each kind, 1 to 20. Default: 5.',
  })
  first?: number | null;
}
