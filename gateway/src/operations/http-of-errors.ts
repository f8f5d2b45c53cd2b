import { GraphQLError, type ExecutionResult } from 'graphql';

/** The HTTP details in the errors' `extensions.http`. */
export interface HttpOfErrors {
  /** Null when no error has a status. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** The first status in the errors, and the headers of all errors. */
export function httpOfErrors(errors: readonly GraphQLError[]): HttpOfErrors {
  const named = errors.map(({ extensions }) => extensions['http']).filter(isHttp);
  const status = named.map((each) => each.status).find((each) => each !== undefined) ?? null;
  return { status, headers: Object.assign({}, ...named.map(({ headers }) => headers ?? {})) };
}

/** The result for clients, without `extensions.http`. */
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
