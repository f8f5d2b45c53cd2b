/** Change this number with every change of the mapping or of the stored documents. A new index is then filled and replaces the old one. */
export const MAPPING_VERSION = 1;

/** Products and words of all tenants are in one index. Each document is on the shard of its tenant. */
export const INDEX_SETTINGS = { number_of_shards: 4, refresh_interval: '1s' } as const;

/**
 * All texts are keywords: the tokenizer of the catalog has divided and normalized them, so the engine must not change them. `a` to `d` contain the
 * forms by weight, and `words` all forms.
 */
const PROPERTIES = {
  type: { type: 'keyword' },
  tenant: { type: 'keyword' },
  language: { type: 'keyword' },
  // A product in one language
  product_id: { type: 'keyword' },
  is_published: { type: 'boolean' },
  words: { type: 'keyword' },
  a: { type: 'keyword', doc_values: false },
  b: { type: 'keyword', doc_values: false },
  c: { type: 'keyword', doc_values: false },
  d: { type: 'keyword', doc_values: false },
  sort_name: { type: 'keyword' },
  listed_micros: { type: 'long' },
  in_stock: { type: 'boolean' },
  price_minor: { type: 'long' },
  prices: { type: 'object', dynamic: true },
  collection_ids: { type: 'keyword' },
  facets: { type: 'keyword' },
  // A word of the shop
  word: { type: 'keyword' },
  display: { type: 'keyword', index: false },
  form: { type: 'keyword' },
  length: { type: 'integer' },
  trigrams: { type: 'keyword', doc_values: false },
} as const;

/**
 * The mapping of an index.
 * @param until the last mark of the first filling. Null when the products are not marked yet
 */
export function indexMapping(until: string | null) {
  return {
    _meta: { version: MAPPING_VERSION, until },
    _routing: { required: true },
    dynamic: 'strict',
    dynamic_templates: [{ prices: { path_match: 'prices.*', mapping: { type: 'long' } } }],
    properties: PROPERTIES,
  } as const;
}
