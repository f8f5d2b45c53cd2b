import type { RequestContext } from '@souk/kit/context';
import { err, failure, ok, pageRange, type Failure, type Result } from '@souk/kit/domain';
import { cursorCodec, type CursorCodec } from '@souk/kit/persistence';
import type { CatalogRead, CatalogUnitOfWork } from '../database.ts';
import { loadProducts, type LoadedProduct } from '../product/loaded-product.repository.ts';
import type { WantedOfProduct } from '../product/product-selection.ts';
import { findProducts, seesDrafts } from '../product/product.repository.ts';
import { attributeOf, kindOf } from './document/facet-key.ts';
import { correctedQuery } from './query/correction.ts';
import { facetsOf, type Facet } from './query/facets.ts';
import { requiredTerms, searchClauses, type SearchView } from './query/search-clause.ts';
import { wantedOf, type SearchQuery } from './query/search-query.ts';
import type { SearchEngine } from './search-engine.repository.ts';
import type { SearchAnswer, SearchPosition, SearchRequest, SearchWords } from './search-engine.ts';
import { facetNames, listIds, type FacetNames } from './search-lists.repository.ts';
import { languageSubtag, searchSettings, type SearchSettings } from './search-settings.repository.ts';
import { fold } from './text/fold.ts';
import { asBeginning, type Term } from './text/tokenizer.ts';

/**
 * The reason for an empty result. NO_WORDS: the query has only punctuation. NO_MATCH: no product has the words. FILTERED_OUT: the filter
 * excludes all matches.
 */
export type NothingFound = 'NO_WORDS' | 'NO_MATCH' | 'FILTERED_OUT';

/** The fields of the response that the client selected. */
export interface WantedOfSearch {
  readonly product: WantedOfProduct;
  /** Whether to count the found products and the values of facets. */
  readonly counts: boolean;
}

/** The result of searching for a query or for its correction. */
interface Attempt {
  readonly answer: SearchAnswer;
  readonly terms: readonly Term[];
  /** The corrected query whose results are returned, because the given query found nothing. Null otherwise. */
  readonly corrected: string | null;
  readonly reason: NothingFound | null;
}

/** A page of found products, with the facets of all found products. */
export interface FoundProducts extends Omit<Attempt, 'answer'> {
  readonly products: readonly LoadedProduct[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  cursorOf(product: LoadedProduct): string;
  /** The number of found products. Null unless counts were requested. */
  readonly total: number | null;
  readonly facets: readonly Facet[];
  readonly names: FacetNames;
  /** The currency of the price facet. */
  readonly currency: string;
  /** The language whose documents were searched. */
  readonly language: string;
}

/** Completed queries and products, for a text that a shopper is typing. */
export interface FoundSuggestions {
  readonly queries: readonly string[];
  readonly products: readonly LoadedProduct[];
}

/** The page size when a request does not set `first`. */
const PAGE_SIZE = 24;
const POSITION_PATTERNS = [/^-?\d{1,19}$/, /^/, /^[0-9a-f-]{36}$/];

/** Finds products by words. Only callers with `catalog:write` can find drafts, or find products by their external reference. */
export class SearchReader {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #engine: SearchEngine;

  constructor(unitOfWork: CatalogUnitOfWork, engine: SearchEngine) {
    this.#unitOfWork = unitOfWork;
    this.#engine = engine;
  }

  /** A page of the matching products. When a query does not match any product, similar words of the shop correct it. */
  search(ctx: RequestContext, query: SearchQuery, wanted: WantedOfSearch): Promise<Result<FoundProducts, Failure>> {
    return this.#unitOfWork.read(ctx, async (tx): Promise<Result<FoundProducts, Failure>> => {
      const settings = await searchSettings(tx);
      const view = viewFor(ctx, settings);
      const codec = cursorCodec(['search', query.query, query.filter, query.sort, view.language], POSITION_PATTERNS);
      const asked = await pageRequest(tx, query, codec, wanted.counts);
      if (!asked.ok) return asked;
      const attempt = await this.#attempt(tx, query.query, view, asked.value);
      return ok(await foundProducts(tx, { attempt, settings, view, codec, request: asked.value }, wanted.product));
    });
  }

  /** Completions of the last word, and products that contain all words. @param first the maximum number of completions and of products */
  suggest(ctx: RequestContext, typed: string, first: number, wanted: WantedOfProduct): Promise<FoundSuggestions> {
    return this.#unitOfWork.read(ctx, async (tx) => {
      const view = viewFor(ctx, await searchSettings(tx));
      const terms = requiredTerms(typed, view.language);
      const last = terms.at(-1);
      if (!last) return { queries: [], products: [] };
      const words = last.word === null ? [] : await this.#engine.wordsFrom(tx, view.language, fold(last.word), first);
      const beginning = { ...last, forms: [...last.forms, ...beginningsOf(last)] };
      const { products } = await this.#engine.search(tx, {
        ...wordsOf([...terms.slice(0, -1), beginning], view),
        collectionId: null,
        wanted: [],
        sort: 'RELEVANCE',
        after: null,
        limit: first,
        counts: false,
      });
      return {
        queries: words.map((word) => typed.slice(0, last.start) + word),
        products: await productsInOrder(tx, products, wanted),
      };
    });
  }

  async #attempt(tx: CatalogRead, query: string, view: SearchView, request: PageOfSearch): Promise<Attempt> {
    const terms = requiredTerms(query, view.language);
    const nothing = { answer: NOTHING, terms, corrected: null };
    if (terms.length === 0 && query.trim() !== '') return { ...nothing, reason: 'NO_WORDS' };
    const words = wordsOf(terms, view);
    const answer = await this.#engine.search(tx, { ...request, ...words });
    if (answer.products.length > 0) return { answer, terms, corrected: null, reason: null };
    if (await this.#engine.matches(tx, words))
      return { answer, terms, corrected: null, reason: request.after === null ? 'FILTERED_OUT' : null };
    const corrected = await this.#correct(tx, query, terms, view);
    if (corrected === null) return { ...nothing, reason: 'NO_MATCH' };
    const correctedTerms = requiredTerms(corrected, view.language);
    const second = await this.#engine.search(tx, { ...request, ...wordsOf(correctedTerms, view) });
    if (second.products.length === 0 && request.after === null) return { ...nothing, reason: 'NO_MATCH' };
    return { answer: second, terms: correctedTerms, corrected, reason: null };
  }

  async #correct(tx: CatalogRead, query: string, terms: readonly Term[], view: SearchView): Promise<string | null> {
    const words = terms.flatMap(({ word }) => (word === null ? [] : [fold(word)]));
    return correctedQuery(query, terms, await this.#engine.similarWords(tx, view.language, words));
  }
}

const NOTHING: SearchAnswer = { products: [], total: 0, facets: [] };

type PageOfSearch = Omit<SearchRequest, keyof SearchWords>;

/** Searches documents in the language of the request if the shop has them, otherwise in the shop's language. */
function viewFor(ctx: RequestContext, { languages, defaultLanguage, synonyms }: SearchSettings): SearchView {
  const wanted = languageSubtag(ctx.locale).toLowerCase();
  return { language: languages.includes(wanted) ? wanted : defaultLanguage, synonyms, isStaff: seesDrafts(ctx) };
}

function wordsOf(terms: readonly Term[], view: SearchView): SearchWords {
  return { language: view.language, clauses: searchClauses(terms, view), includesDrafts: view.isStaff };
}

/** The forms that match while a word is typed. The stem of an incomplete word would not match the stem of the whole word. */
const beginningsOf = ({ word, forms }: Term) => (word === null ? forms : [fold(word)]).map(asBeginning);

async function pageRequest(
  tx: CatalogRead,
  { filter, sort, first, after }: SearchQuery,
  codec: CursorCodec,
  counts: boolean,
): Promise<Result<PageOfSearch, Failure>> {
  const range = pageRange({ first, after }, PAGE_SIZE);
  if (!range.ok) return range;
  const place = after === null ? null : codec.decode(after);
  if (after !== null && place === null)
    return err(failure('INVALID_CURSOR', 'This cursor does not belong to this search', ['after']));
  const [number = '', text = '', productId = ''] = place ?? [];
  const [collectionId] = filter.collection ? await listIds(tx, 'collection', [filter.collection]) : [];
  return ok({
    // An unknown collection is replaced by the nil UUID, which no collection has. The search then finds nothing.
    collectionId: filter.collection ? (collectionId ?? '00000000-0000-0000-0000-000000000000') : null,
    wanted: wantedOf(filter, {
      categories: await listIds(tx, 'category', filter.categories ?? []),
      brands: await listIds(tx, 'brand', filter.brands ?? []),
    }),
    sort,
    after: place && { number, text, productId },
    limit: range.value.size + 1,
    counts,
  });
}

interface Found {
  readonly attempt: Attempt;
  readonly settings: SearchSettings;
  readonly view: SearchView;
  readonly codec: CursorCodec;
  readonly request: PageOfSearch;
}

async function foundProducts(
  tx: CatalogRead,
  { attempt: { answer, ...attempt }, settings, view, codec, request }: Found,
  wanted: WantedOfProduct,
): Promise<FoundProducts> {
  const page = answer.products.slice(0, request.limit - 1);
  const places = new Map(page.map((position) => [position.productId, position]));
  const facets = facetsOf(answer.facets, request.wanted, settings.currency, answer.total ?? 0);
  return {
    ...attempt,
    products: await productsInOrder(tx, page, wanted),
    hasNextPage: answer.products.length > page.length,
    hasPreviousPage: request.after !== null,
    cursorOf({ row }) {
      const place = places.get(row.id);
      if (!place) throw new TypeError('cursorOf takes a product of its own page');
      return codec.encode([place.number, place.text, place.productId]);
    },
    total: answer.total,
    facets,
    names: await namesOf(tx, facets),
    currency: settings.currency,
    language: view.language,
  };
}

async function namesOf(tx: CatalogRead, facets: readonly Facet[]): Promise<FacetNames> {
  if (facets.length === 0) return { categories: new Map(), brands: new Map(), attributes: new Map() };
  const valuesOf = (kind: string) =>
    (facets.find((facet) => facet.kind === kind)?.values ?? []).map(({ value }) => value);
  return facetNames(tx, {
    categoryIds: valuesOf(kindOf('category')),
    brandIds: valuesOf(kindOf('brand')),
    codes: facets.flatMap(({ kind }) => attributeOf(kind) ?? []),
  });
}

/** Loads the found products in the order of the index. Products that were deleted or hidden since they were indexed are left out. */
async function productsInOrder(
  tx: CatalogRead,
  positions: readonly SearchPosition[],
  wanted: WantedOfProduct,
): Promise<LoadedProduct[]> {
  if (positions.length === 0) return [];
  const ids = positions.map(({ productId }) => productId);
  const loaded = await loadProducts(tx, await findProducts(tx, 'id', ids, wanted.columns), wanted);
  const byId = new Map(loaded.map((product) => [product.row.id, product]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
