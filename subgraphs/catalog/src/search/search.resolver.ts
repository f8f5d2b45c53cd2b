import type { RequestContext } from '@souk/kit/context';
import { ForScope, valueOrThrow } from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Directive, Info, Mutation, Query, Resolver } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';
import { entityPayload } from '../payload.types.ts';
import { wantedOfProduct, type WantedOfProduct } from '../product/product-selection.ts';
import { selectionOf } from '../selection.inputs.ts';
import { selectionOfNodes, type Selection } from '../selection.ts';
import { respond } from '../user-errors.ts';
import type { SearchIndexService, SearchIndexState } from './search-index.service.ts';
import type { SearchReader } from './search-reader.service.ts';
import {
  SearchArgs,
  searchQueryOf,
  SearchRebuildInput,
  SearchSynonymsSetInput,
  SuggestArgs,
  synonymsOf,
} from './search.inputs.ts';
import { presentSearch, presentSuggestions } from './search.presenter.ts';
import { SearchConnectionType, SearchIndexType, SearchSuggestionsType } from './search.types.ts';

const SearchRebuildPayload = entityPayload('SearchRebuild', 'searchIndex', SearchIndexType);
const SearchSynonymsSetPayload = entityPayload('SearchSynonymsSet', 'searchIndex', SearchIndexType);

/** The maximum number of completions and of products in a response with suggestions. */
const SUGGESTIONS = 5;

/** Finds products by words, and manages the index. */
@Resolver()
export class SearchResolver {
  readonly #reader: SearchReader;
  readonly #index: SearchIndexService;

  constructor(reader: SearchReader, index: SearchIndexService) {
    this.#reader = reader;
    this.#index = index;
  }

  @Directive('@listSize(assumedSize: 24)')
  @Query(() => SearchConnectionType, {
    nullable: true,
    description:
      'Published products that match words, part numbers and measures. Staff with `catalog:write` also finds drafts, and products by their external reference.',
  })
  async search(
    @Args(() => SearchArgs) args: SearchArgs,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SearchConnectionType> {
    const selected = selectionOf(info);
    const wanted = {
      product: wantedWithHighlights(selected),
      counts: selected.has('facets') || selected.has('totalCount'),
    };
    return presentSearch(valueOrThrow(await this.#reader.search(ctx, searchQueryOf(args), wanted)));
  }

  @Query(() => SearchSuggestionsType, {
    nullable: true,
    description: 'Published products and words for a text that is still being typed.',
  })
  async suggest(
    @Args(() => SuggestArgs) { prefix, first }: SuggestArgs,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SearchSuggestionsType> {
    const wanted = wantedOfProduct(selectionOf(info).below('products'));
    return presentSuggestions(await this.#reader.suggest(ctx, prefix, first ?? SUGGESTIONS, wanted));
  }

  @ForScope(CatalogWrite)
  @Query(() => SearchIndexType, { nullable: true })
  searchIndex(@Ctx() ctx: RequestContext): Promise<SearchIndexType> {
    return this.#index.state(ctx).then(presentIndex);
  }

  @ForScope(CatalogWrite)
  @Directive('@cost(weight: 100)')
  @Mutation(() => SearchRebuildPayload, {
    nullable: true,
    description: 'Marks all products to be indexed anew, in batches, by a job.',
  })
  searchRebuild(@Arg('input', () => SearchRebuildInput) input: SearchRebuildInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#index.rebuild(ctx, input),
      (state) => ({ searchIndex: presentIndex(state) }),
    );
  }

  @ForScope(CatalogWrite)
  @Mutation(() => SearchSynonymsSetPayload, {
    nullable: true,
    description: 'A search for one phrase of a group finds products with any phrase of the group.',
  })
  searchSynonymsSet(
    @Arg('input', () => SearchSynonymsSetInput) input: SearchSynonymsSetInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#index.setSynonyms(ctx, synonymsOf(input), input),
      (state) => ({ searchIndex: presentIndex(state) }),
    );
  }
}

/** Adds the columns from which highlights are made, because the client may not have selected the highlighted fields. */
function wantedWithHighlights(selected: Selection): WantedOfProduct {
  const wanted = wantedOfProduct(selectionOfNodes(selected));
  if (wanted.columns === null || !selected.below('edges').has('highlights')) return wanted;
  return { ...wanted, columns: [...new Set([...wanted.columns, 'name', 'description'] as const)] };
}

function presentIndex({ engine, pending, since, languages, synonyms }: SearchIndexState): SearchIndexType {
  return {
    engine,
    pending,
    pendingSince: since,
    languages,
    synonyms: synonyms.map((phrases) => ({ phrases })),
  };
}
