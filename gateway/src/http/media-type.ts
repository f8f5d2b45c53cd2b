import Negotiator from 'negotiator';

/** The media types of GraphQL answers (GraphQL over HTTP, section "Media Types"). */
export type AnswerType = 'application/graphql-response+json' | 'application/json';

/** The media types that `/graphql` can send. */
export type GraphqlType = AnswerType | 'text/event-stream';

const JSON_TYPE = 'application/json';
const EVENT_STREAM = 'text/event-stream';
const ANSWERS = offered<AnswerType>([JSON_TYPE, 'application/graphql-response+json']);
/** All types, in the server's order of preference, for clients without a preference. */
const ALL = offered<GraphqlType>([...ANSWERS.values(), EVENT_STREAM]);

/**
 * The offered types by media type with charset. Each type has an entry with the response's charset `utf-8` (RFC 9110,
 * 12.5.1), and an entry with the common misspelling `utf8`.
 */
type OfferedTypes<Type extends string> = ReadonlyMap<string, Type>;

export function offered<Type extends string>(types: Iterable<Type>): OfferedTypes<Type> {
  const charsets = ['charset=utf-8', 'charset=utf8'];
  return new Map(
    [...new Set(types)].flatMap((type) => charsets.map((charset) => [`${type};${charset}`, type] as const)),
  );
}

/**
 * The type with the highest weight in a client's `Accept` header. The most specific range that matches a type determines its weight. The
 * weight 0 refuses a type (RFC 9110, 12.4.2 and 12.5.1). Without the header, the result is the first type.
 * @returns null when the client accepts none of the types
 */
export function preferredType<Type extends string>(accept: string | undefined, types: OfferedTypes<Type>): Type | null {
  const [best] = new Negotiator({ headers: { accept } }).mediaTypes([...types.keys()]);
  return best === undefined ? null : (types.get(best) ?? null);
}

/**
 * The media type for an answer. Null when the client accepts none of the types.
 * @param streams whether an event stream may answer the request
 */
export function graphqlType(
  accept: string | undefined,
  { streams }: { readonly streams: boolean },
): GraphqlType | null {
  // A shortcut for the values of `Accept` that most clients send.
  if (accept === undefined || accept === '*/*' || accept === JSON_TYPE) return JSON_TYPE;
  return streams ? preferredType(accept, ALL) : preferredType(accept, ANSWERS);
}

/** The media type of a refusal: the client's preferred answer type, or a default for a client that accepts none of the types. */
export function refusalType(accept: string | undefined): AnswerType {
  return preferredType(accept, ANSWERS) ?? JSON_TYPE;
}
