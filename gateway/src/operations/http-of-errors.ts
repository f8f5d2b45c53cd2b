import { GraphQLError, type ExecutionResult } from 'graphql';

/** What errors say to HTTP, in their `extensions.http`. */
export interface HttpOfErrors {
  /** Null when none of them names one. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** The first status that errors name, and all their headers. */
export function httpOfErrors(errors: readonly GraphQLError[]): HttpOfErrors {
  const named = errors.map(({ extensions }) => extensions['http']).filter(isHttp);
  const status = named.map((each) => each.status).find((each) => each !== undefined) ?? null;
  return { status, headers: Object.assign({}, ...named.map(({ headers }) => headers ?? {})) };
}

/** The result as clients see it: our errors carry what HTTP says beside them. */
export function withoutHttp({ errors, ...result }: ExecutionResult): ExecutionResult {
  if (!errors) return result;
  return { ...result, errors: errors.map((error) => ('http' in error.extensions ? visible(error) : error)) };
}

function visible(error: GraphQLError): GraphQLError {
  const { http: _http, ...extensions } = error.extensions;
  const { nodes, source, positions, path, originalError } = error;
  return new GraphQLError(error.message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    originalError: originalError ?? null,
    extensions,
  });
}

function isHttp(
  value: unknown,
): value is { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } {
  return typeof value === 'object' && value !== null;
}
