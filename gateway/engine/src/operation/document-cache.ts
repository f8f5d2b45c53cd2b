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

/** A text as a document that is valid for the schema, or what is wrong with it. */
export type CheckedDocument =
  | { readonly document: DocumentNode; readonly errors: null }
  | { readonly document: null; readonly errors: readonly GraphQLError[]; readonly wrong: 'SYNTAX' | 'SIZE' | 'SCHEMA' };

/** How a cache reads texts. */
export interface DocumentCacheOptions {
  /** How many texts are remembered. */
  readonly capacity: number;
  readonly parse?: ParseOptions;
  /** What is too large to be validated, which may take longer than anything else. Default: nothing is. */
  readonly tooLarge?: (document: DocumentNode) => GraphQLError | null;
  /** graphql-js's own rules when none are given. */
  readonly rules?: readonly ValidationRule[];
  /** Whether errors keep quiet about names that a client did not write. Default: false. */
  readonly hideSuggestions?: boolean;
}

/**
 * Of all texts that are remembered, in characters. A parsed one takes up to 125 bytes for each: five thousand texts of a megabyte,
 * mostly comments, would be the end of the process. Real clients send some thousand texts of a thousand letters.
 */
const CHARACTERS = 4 * 1024 * 1024;
/** A longer text is read again each time: it would push out a hundred others. */
const CHARACTERS_OF_ONE = 64 * 1024;

/** Parses and validates each text once: the same few operations come again and again. */
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

  /** A text that is wrong is read again each time, so that wrong ones cannot push out the others. */
  read(text: string): CheckedDocument {
    const known = this.#kept.get(text) ?? this.#documents.get(text);
    if (known) return known;
    const checked = this.#check(text);
    return checked.document && text.length <= CHARACTERS_OF_ONE ? this.#documents.set(text, checked) : checked;
  }

  /** As `read`, and a text that is valid stays: no other can push it out. */
  keep(text: string): CheckedDocument {
    const checked = this.read(text);
    if (checked.document) this.#kept.set(text, checked);
    return checked;
  }

  /** The texts that are not kept anyway, those used last first. */
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
      // Only a text that is wrong is read with its places: they cost every node of those that are kept.
      const placed = parse(text, { ...parseOptions, noLocation: false });
      return { document: null, errors: validate(this.#schema, placed, rules, { hideSuggestions }), wrong: 'SCHEMA' };
    } catch (error) {
      if (error instanceof GraphQLError) return { document: null, errors: [withRemedy(error)], wrong: 'SYNTAX' };
      throw error;
    }
  }
}

/** graphql-js says how many tokens a text may have, and not what to do. */
function withRemedy(error: GraphQLError): GraphQLError {
  if (!/^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(error.message)) return error;
  const { source = null, positions = null } = error;
  const told = error.message.replace('more that', 'more than').replace(/ Parsing aborted\.$/, '');
  const message = `${told} Ask for fewer fields, or in several operations.`;
  return new GraphQLError(message, { source, positions });
}
