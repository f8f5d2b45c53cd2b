import type { CurrencyCode } from '@souk/kit/domain';
import { formsOfBarcode } from '../../variant/barcode.ts';
import { fold } from '../text/fold.ts';
import { tokenize, type Token } from '../text/tokenizer.ts';
import { attributeKind, kindOf } from './facet-key.ts';
import { bandOf } from './price-band.ts';

/**
 * The weight of a word: A for a name, SKU or barcode, B for a brand, tag, attribute, option or category, C for a part of a word in the name, D for the
 * description.
 */
export type Weight = 'A' | 'B' | 'C' | 'D';

/** A word that occurs in the shop, for corrections and suggestions. */
export interface ShopWord {
  /** The word in lower case without accents. */
  readonly word: string;
  /** The word as it is shown to shoppers. */
  readonly display: string;
  /** The normalized word by which documents are searched, usually its stem. */
  readonly form: string;
}

/** The search data of a product in one language: everything that finds, filters, counts and sorts it. */
export interface SearchDocument {
  readonly productId: string;
  readonly language: string;
  readonly isPublished: boolean;
  /** The normalized words (forms) of all texts, with their weights. A form that occurs several times has its highest weight. */
  readonly forms: ReadonlyMap<string, Weight>;
  /** The words for corrections and suggestions. Empty for drafts, whose words must stay hidden. */
  readonly words: readonly ShopWord[];
  readonly sortName: string;
  /** ISO 8601. The sort NEWEST uses this time. */
  readonly listedAt: string;
  readonly inStock: boolean;
  /** The lowest price in the default currency, in minor units. Null when the product has no price in this currency. */
  readonly priceMinor: number | null;
  /** The lowest price by currency, in minor units. */
  readonly prices: Readonly<Record<string, number>>;
  readonly collectionIds: readonly string[];
  /** The facet values of the product, as `FacetKey` describes. */
  readonly facets: readonly string[];
}

/** A name and description in the shop's language, with their translations. */
export interface TranslatedText {
  readonly name: string;
  readonly description: string;
  readonly translations: readonly {
    readonly locale: string;
    readonly name: string | null;
    readonly description: string | null;
  }[];
}

/** The data of a product from which its search documents are made. */
export interface SearchSource extends TranslatedText {
  readonly id: string;
  readonly isPublished: boolean;
  readonly baseSku: string;
  readonly externalReference: string | null;
  readonly listedAt: string;
  readonly inStock: boolean;
  readonly variants: readonly {
    readonly sku: string;
    readonly barcode: string | null;
    readonly externalReference: string | null;
    readonly options: readonly { readonly name: string; readonly value: string }[];
  }[];
  readonly brand: { readonly id: string; readonly name: string } | null;
  readonly tags: readonly string[];
  readonly attributes: readonly { readonly code: string; readonly value: string }[];
  readonly prices: Readonly<Record<string, number>>;
  readonly categories: readonly (TranslatedText & { readonly id: string })[];
  readonly collectionIds: readonly string[];
}

/** The prefix of the forms of external references. Only searches of staff use this prefix. */
export const REFERENCE = 'ref~';

/** The number of characters of a description that are indexed. */
const INDEXED_DESCRIPTION = 5_000;
const MIN_SHOP_WORD = 3;

/**
 * Makes the search document of a product in one language. Where a translation is missing, the document contains the text in the shop's
 * language.
 */
export function searchDocument(source: SearchSource, language: string, currency: CurrencyCode): SearchDocument {
  const { id, isPublished, brand, tags, variants, attributes, categories, prices, listedAt, inStock, collectionIds } =
    source;
  const { name, description } = textIn(source, language);
  const read = (text: string) => tokenize(text, language);
  const properties = [
    ...(brand ? [brand.name] : []),
    ...tags,
    ...attributes.map(({ value }) => value),
    ...new Set(variants.flatMap(({ options }) => options.map(({ value }) => value))),
    ...categories.map((category) => textIn(category, language).name),
  ];
  const named = [...read(name), ...read([source.baseSku, ...variants.map(({ sku }) => sku)].join(' '))];
  const described = properties.flatMap(read);
  const priceMinor = prices[currency] ?? null;
  return {
    productId: id,
    language,
    isPublished,
    forms: formsOf([
      [named, 'A', 'C'],
      [variants.flatMap(({ barcode }) => (barcode === null ? [] : formsOfBarcode(barcode))).flatMap(read), 'A', 'D'],
      [described, 'B', 'D'],
      [read(description.slice(0, INDEXED_DESCRIPTION)), 'D', 'D'],
      [references(source).flatMap(read).map(asReference), 'A', 'D'],
    ]),
    words: isPublished ? shopWords([...named, ...described]) : [],
    sortName: fold(name),
    listedAt,
    inStock,
    priceMinor,
    prices,
    collectionIds,
    facets: [
      ...categories.map((category) => kindOf('category') + category.id),
      ...(brand ? [kindOf('brand') + brand.id] : []),
      ...tags.map((tag) => kindOf('tag') + tag),
      ...new Set(attributes.map(({ code, value }) => attributeKind(code) + value)),
      ...(priceMinor === null ? [] : [`${kindOf('price')}${bandOf(priceMinor, currency)?.minMinor}`]),
      kindOf('stock') + (inStock ? 'in' : 'out'),
    ],
  };
}

/**
 * The texts in a language: the translation with this exact tag, otherwise the translation for a region of the language, otherwise the text
 * in the shop's language.
 */
function textIn({ name, description, translations }: TranslatedText, language: string) {
  const exact = translations.find(({ locale }) => locale === language);
  const regional = translations.find(({ locale }) => locale.startsWith(`${language}-`));
  return {
    name: exact?.name ?? regional?.name ?? name,
    description: exact?.description ?? regional?.description ?? description,
  };
}

function formsOf(texts: readonly (readonly [tokens: readonly Token[], whole: Weight, part: Weight])[]) {
  const forms = new Map<string, Weight>();
  const add = (added: readonly string[], weight: Weight) => {
    for (const form of added) if (weight < (forms.get(form) ?? 'E')) forms.set(form, weight);
  };
  for (const [tokens, whole, part] of texts) {
    for (const token of tokens) {
      add(token.forms, whole);
      add(token.partForms, part);
    }
  }
  return forms;
}

function references({ externalReference, variants }: SearchSource): string[] {
  return [externalReference, ...variants.map((variant) => variant.externalReference)].filter((each) => each !== null);
}

function asReference(token: Token): Token {
  const marked = (form: string) => REFERENCE + form;
  return { ...token, forms: token.forms.map(marked), partForms: token.partForms.map(marked) };
}

function shopWords(tokens: readonly Token[]): ShopWord[] {
  const words = tokens.flatMap(({ word, forms: [form] }) =>
    word !== null && form !== undefined && word.length >= MIN_SHOP_WORD
      ? [[fold(word), { word: fold(word), display: word, form }] as const]
      : [],
  );
  return [...new Map(words).values()];
}
