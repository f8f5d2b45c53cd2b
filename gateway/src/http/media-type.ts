import Negotiator from 'negotiator';

/** What GraphQL answers are sent as (GraphQL over HTTP, section "Media Types"). */
export type AnswerType = 'application/graphql-response+json' | 'application/json';

/** What `/graphql` can send. */
export type GraphqlType = AnswerType | 'text/event-stream';

const JSON_TYPE = 'application/json';
const EVENT_STREAM = 'text/event-stream';
const ANSWERS = offered<AnswerType>([JSON_TYPE, 'application/graphql-response+json']);
/** In the order of our preference, where a client has none. */
const ALL = offered<GraphqlType>([...ANSWERS.values(), EVENT_STREAM]);

/** Types by the names under which a client may accept them: with the charset that we send (RFC 9110, 12.5.1), and its old misspelling. */
type OfferedTypes<Type extends string> = ReadonlyMap<string, Type>;

export function offered<Type extends string>(types: Iterable<Type>): OfferedTypes<Type> {
  const charsets = ['charset=utf-8', 'charset=utf8'];
  return new Map(
    [...new Set(types)].flatMap((type) => charsets.map((charset) => [`${type};${charset}`, type] as const)),
  );
}

/**
 * The type that a client likes best by its `Accept` header: the highest weight wins, where each type has the weight of the most
 * specific range that matches it, and 0 is a refusal (RFC 9110, 12.4.2 and 12.5.1). Without the header, the first.
 * @returns null when the client accepts none of them.
 */
export function preferredType<Type extends string>(accept: string | undefined, types: OfferedTypes<Type>): Type | null {
  const [best] = new Negotiator({ headers: { accept } }).mediaTypes([...types.keys()]);
  return best === undefined ? null : (types.get(best) ?? null);
}

/** The type of an answer to a client that takes event streams as well. @param streams whether the request may be answered by one. */
export function graphqlType(
  accept: string | undefined,
  { streams }: { readonly streams: boolean },
): GraphqlType | null {
  // What most clients send, thousands of times a second.
  if (accept === undefined || accept === '*/*' || accept === JSON_TYPE) return JSON_TYPE;
  return streams ? preferredType(accept, ALL) : preferredType(accept, ANSWERS);
}

/** The type of a refusal, which every client gets: that which it likes best of the two. */
export function refusalType(accept: string | undefined): AnswerType {
  return preferredType(accept, ANSWERS) ?? JSON_TYPE;
}
