import { CurrencyCodeScalar, DateTimeScalar, PageInfoType, enumOf } from '@souk/kit/graphql';
import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ProductType } from '../product/product.types.ts';
import { SEARCH_ENGINES, SEARCH_SORTS } from './search-engine.ts';

export const SearchSortEnum = enumOf(SEARCH_SORTS);
registerEnumType(SearchSortEnum, {
  name: 'SearchSort',
  description:
    'RELEVANCE: products with the words in their name first, available products before sold-out ones; without words it is NEWEST. PRICE_ASC, PRICE_DESC: by the lowest price in the default currency, products without a price last. NAME_ASC, NAME_DESC: by the name in the language of the search.',
});
const SearchEngineEnum = enumOf(SEARCH_ENGINES);
registerEnumType(SearchEngineEnum, {
  name: 'SearchEngine',
  description:
    'POSTGRES: the default, and the substitute while the configured engine is away. ELASTICSEARCH: the engine of `ELASTICSEARCH_URL`.',
});
const SearchReasonEnum = enumOf(['NO_WORDS', 'NO_MATCH', 'FILTERED_OUT']);
registerEnumType(SearchReasonEnum, {
  name: 'SearchReason',
  description:
    'NO_WORDS: the query has no letter and no digit. NO_MATCH: no product has the words. FILTERED_OUT: products have the words, but none of them passes the filter.',
});
const HighlightFieldEnum = enumOf(['NAME', 'DESCRIPTION']);
registerEnumType(HighlightFieldEnum, { name: 'SearchHighlightField' });

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('SearchTextPart', { simpleResolvers: true, description: 'A piece of a text.' })
export class SearchTextPartType {
  @Field(() => String)
  text!: string;

  @Field(() => Boolean, { description: 'Whether the query found this piece.' })
  isMatch!: boolean;
}

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('SearchHighlight', {
  simpleResolvers: true,
  description: 'A text of a product in which the query was found. The parts are plain text: escape them in HTML.',
})
export class SearchHighlightType {
  @Field(() => HighlightFieldEnum)
  field!: string;

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [SearchTextPartType])
  parts!: readonly SearchTextPartType[];
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('SearchEdge', { simpleResolvers: true })
export class SearchEdgeType {
  @Field(() => ProductType)
  node!: ProductType;

  @Field(() => String)
  cursor!: string;

  @Directive('@listSize(assumedSize: 2)')
  @Field(() => [SearchHighlightType], { description: 'Empty for texts without a match.' })
  highlights!: readonly SearchHighlightType[];
}

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('SearchFacetValue', { simpleResolvers: true })
export class SearchFacetValueType {
  @Field(() => String, {
    description:
      'The value for the filter: the slug of a category or brand, a tag, a value of an attribute, "in" or "out" of stock. Of a price band its bounds: "25.00-49.99", or "100000.00-" without an upper bound.',
  })
  value!: string;

  @Field(() => String, { description: 'For people: the name of the category or brand, or the value itself.' })
  label!: string;

  @Field(() => Int, {
    description: 'The number of products with this value that pass the filters of all other facets.',
  })
  count!: number;

  @Field(() => Boolean)
  selected!: boolean;
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('SearchFacet', {
  simpleResolvers: true,
  description: 'A property by which the found products can be narrowed.',
})
export class SearchFacetType {
  @Field(() => String, {
    description: '"category", "brand", "price", "stock", "tag", or "attribute:" with the code of an attribute.',
  })
  code!: string;

  @Field(() => String, { description: 'The name of the attribute. For the other facets the code.' })
  name!: string;

  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'Of price bands.' })
  currencyCode!: string | null;

  @Directive('@listSize(assumedSize: 20)')
  @Field(() => [SearchFacetValueType], {
    description: 'At most 50, the most frequent first. Price bands ascend.',
  })
  values!: readonly SearchFacetValueType[];
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('SearchConnection', { simpleResolvers: true, description: 'A page of found products.' })
export class SearchConnectionType {
  @Field(() => [SearchEdgeType])
  edges!: readonly SearchEdgeType[];

  @Field(() => [ProductType])
  nodes!: readonly ProductType[];

  @Field(() => PageInfoType)
  pageInfo!: PageInfoType;

  @Directive('@cost(weight: 20)')
  @Field(() => Int, { nullable: true, description: 'The number of all found products.' })
  totalCount!: number | null;

  @Directive('@cost(weight: 20)')
  @Directive('@listSize(assumedSize: 8)')
  @Field(() => [SearchFacetType], {
    description: 'At most 20. Categories, brands, prices in the default currency, stock, tags, then the attributes.',
  })
  facets!: readonly SearchFacetType[];

  @Field(() => String, {
    nullable: true,
    description: 'The query that was searched for instead, because no product has the words of the given one.',
  })
  corrected!: string | null;

  @Field(() => SearchReasonEnum, { nullable: true, description: 'Why nothing was found. Null with products.' })
  reason!: string | null;
}

@Directive('@cacheControl(maxAge: 300)')
@ObjectType('SearchSuggestions', {
  simpleResolvers: true,
  description: 'Suggestions for a text that is still being typed.',
})
export class SearchSuggestionsType {
  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [String], { description: 'The text with its last word completed.' })
  queries!: readonly string[];

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [ProductType])
  products!: readonly ProductType[];
}

@ObjectType('SearchSynonymGroup', { simpleResolvers: true, description: 'Phrases with one meaning.' })
export class SearchSynonymGroupType {
  @Field(() => [String])
  phrases!: readonly string[];
}

@ObjectType('SearchIndex', { simpleResolvers: true, description: "The state of the shop's search index." })
export class SearchIndexType {
  @Field(() => SearchEngineEnum, { description: 'The engine that answers searches now.' })
  engine!: string;

  @Field(() => Int, { description: 'Changes that the index does not have yet.' })
  pending!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The time of the oldest pending change.' })
  pendingSince!: Date | null;

  @Field(() => [String], { description: 'The languages in which products are found.' })
  languages!: readonly string[];

  @Field(() => [SearchSynonymGroupType])
  synonyms!: readonly SearchSynonymGroupType[];
}
