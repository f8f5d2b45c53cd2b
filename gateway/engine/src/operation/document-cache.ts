import {
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ParseOptions,
  type ValidationRule,
} from 'graphql';
import { BoundedCache } from './bounded-cache.ts';

/** A parsed operation text that is valid for the schema, or its errors. */
export type CheckedDocument =
  | { readonly document: DocumentNode; readonly errors: null }
  | { readonly document: null; readonly errors: readonly GraphQLError[]; readonly wrong: 'SYNTAX' | 'SIZE' | 'SCHEMA' };

/** Options of a document cache. The cache belongs to one schema. */
export interface DocumentCacheOptions {
  /** The maximum number of cached operation texts. */
  readonly capacity: number;
  readonly parse?: ParseOptions;
  /**
   * Returns the error for a document that is too large to validate, because validation may take longer than all other steps.
   * @default no check
   */
  readonly tooLarge?: (document: DocumentNode) => GraphQLError | null;
  /** @default the validation rules of graphql-js */
  readonly rules?: readonly ValidationRule[];
  /**
   * Whether error messages omit "Did you mean", which reveals names of the schema.
   * @default false
   */
  readonly hideSuggestions?: boolean;
}

/**
 * The maximum size of all cached operation texts, in characters. A parsed text takes up to 125 bytes per character.
 * Without this limit five thousand texts of a megabyte would exhaust the memory. Real clients send some thousand texts
 * of a thousand characters.
 */
const CHARACTERS = 4 * 1024 * 1024;
/** The maximum size of one cached operation text, in characters. A longer text would evict many shorter texts. */
const CHARACTERS_OF_ONE = 64 * 1024;

/** Parses and validates each operation text once, because clients repeat the same operations. */
export class DocumentCache {
  readonly #documents: BoundedCache<string, CheckedDocument>;
  readonly #kept = new Map<string, CheckedDocument>();
  readonly #schema: GraphQLSchema;
  readonly #options: DocumentCacheOptions;

  constructor(schema: GraphQLSchema, options: DocumentCacheOptions) {
    this.#schema = schema;
    this.#options = options;
    this.#documents = new BoundedCache(options.capacity, { of: ({ length }) => length, most: CHARACTERS });
  }

  /** Parses an operation text. An invalid text is not cached, so that invalid texts cannot evict valid texts. */
  read(text: string): CheckedDocument {
    const known = this.#kept.get(text) ?? this.#documents.get(text);
    if (known) return known;
    const checked = this.#check(text);
    return checked.document && text.length <= CHARACTERS_OF_ONE ? this.#documents.set(text, checked) : checked;
  }

  /** Does the same as `read`, and pins a valid text, so other texts cannot evict it. */
  keep(text: string): CheckedDocument {
    const checked = this.read(text);
    if (checked.document) this.#kept.set(text, checked);
    return checked;
  }

  /** The most recently used texts that are not pinned, the latest first. */
  recent(most: number): readonly string[] {
    return this.#documents.youngest(most).filter((text) => !this.#kept.has(text));
  }

  #check(text: string): CheckedDocument {
    const { parse: parseOptions, tooLarge, rules, hideSuggestions } = this.#options;
    try {
      const document = parse(text, { noLocation: true, ...parseOptions });
      const refused = tooLarge?.(document);
      if (refused) return { document: null, errors: [refused], wrong: 'SIZE' };
      if (validate(this.#schema, document, rules, { maxErrors: 1 }).length === 0) return { document, errors: null };
      // Only invalid texts are parsed with locations, because locations add memory to every node of a cached document.
      const placed = parse(text, { ...parseOptions, noLocation: false });
      return { document: null, errors: validate(this.#schema, placed, rules, { hideSuggestions }), wrong: 'SCHEMA' };
    } catch (error) {
      if (error instanceof GraphQLError) return { document: null, errors: [withRemedy(error)], wrong: 'SYNTAX' };
      throw error;
    }
  }
}

/** Adds the remedy to graphql-js's error about the maximum number of tokens. */
function withRemedy(error: GraphQLError): GraphQLError {
  if (!/^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(error.message)) return error;
  const { source = null, positions = null } = error;
  const text = error.message.replace('more that', 'more than').replace(/ Parsing aborted\.$/, '');
  const message = `${text} Ask for fewer fields, or in several operations.`;
  return new GraphQLError(message, { source, positions });
}
