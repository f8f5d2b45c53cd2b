import { randomUUID } from 'node:crypto';
import type { Data, Headers } from '../../testing/graphql-client.ts';
import type { DocumentedApi, DocumentedRoute } from './documented-api.ts';

/** A response of the REST API. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: globalThis.Headers;
  /** Null when the response has no body. */
  readonly body: Data | null;
}

/** Sends a request below `/api/v1`. */
export async function callRest(
  url: string,
  method: string,
  path: string,
  { headers = {}, body }: { readonly headers?: Headers; readonly body?: unknown } = {},
): Promise<RestAnswer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const { status, headers: sent } = response;
  if (text === '') return { status, headers: sent, body: null };
  // For the download of a file, only its existence is checked here. Other tests check the content.
  const isJson = /\bjson\b/.test(sent.get('content-type') ?? '');
  return { status, headers: sent, body: isJson ? (JSON.parse(text) as Data) : { file: text } };
}

/** Runs the documented examples on a server, with real ids in place of the documented ids. */
export class ExampleRunner {
  readonly #facts = new Map<string, string>();
  readonly exercised = new Set<string>();
  /** The headers of a shopper who is logged in. The routes below `/me/` and the merge of carts need a shopper. */
  shopper: Headers = {};

  constructor(
    private readonly url: string,
    private readonly api: DocumentedApi,
    private readonly login: Headers,
  ) {}

  /** From now on the runner sends `real` in place of the documented value. */
  substitute(documented: unknown, real: unknown): void {
    this.#facts.set(String(documented), String(real));
  }

  async run(operationId: string): Promise<RestAnswer> {
    const route = this.api.route(operationId);
    this.exercised.add(operationId);
    return callRest(this.url, route.method, this.#address(route), {
      headers: { ...this.#login(route), ...this.#headers(route) },
      ...(route.body !== undefined && { body: this.#real(route.body) }),
    });
  }

  #login(route: DocumentedRoute): Headers {
    if (route.path.startsWith('/me/') || route.path.endsWith('/merge')) return this.shopper;
    return isForStaff(route) ? this.login : {};
  }

  #address({ path, parameters }: DocumentedRoute): string {
    const shown = parameters.filter(({ example }) => example !== undefined);
    const address = shown
      .filter((each) => each.in === 'path')
      .reduce((text, { name, example }) => text.replace(`{${name}}`, encodeURIComponent(this.#real(example))), path);
    const query = shown
      .filter((each) => each.in === 'query')
      .flatMap(({ name, example }) => [example].flat().map((value): [string, string] => [name, this.#real(value)]));
    return query.length === 0 ? address : `${address}?${new URLSearchParams(query).toString()}`;
  }

  #headers({ parameters }: DocumentedRoute): Headers {
    const headers = parameters
      .filter((each) => each.in === 'header' && each.example !== undefined)
      .map(({ name, example }) => [name, name === 'Idempotency-Key' ? randomUUID() : this.#real(example)]);
    return Object.fromEntries(headers);
  }

  #real(value: unknown): string {
    let text = typeof value === 'string' ? value : JSON.stringify(value);
    for (const [documented, real] of this.#facts) text = text.replaceAll(documented, real);
    return text;
  }
}

/**
 * Whether the example needs staff. Routes below /catalog also serve anonymous callers, but only staff see the drafts that the examples
 * create.
 */
function isForStaff({ needsLogin, path }: DocumentedRoute): boolean {
  return needsLogin || path.startsWith('/catalog/') || path === '/tenant/settings';
}
