import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './__generated__/souk-api.ts';

/** Client of Souk's REST API, typed by the OpenAPI document. */
export type SoukClient = Client<paths>;

/** Creates a client. @param url base URL of Souk, without a trailing slash */
export function soukClient(url: string): SoukClient {
  return createClient<paths>({ baseUrl: `${url}/api/v1` });
}

/** The result of an openapi-fetch call: a body, or a problem (RFC 9457). */
interface Answered<Body> {
  readonly data?: Body;
  readonly error?: unknown;
  readonly response: Response;
}

/** The members of a problem (RFC 9457) that the partner prints. */
interface Problem {
  readonly detail?: string;
  readonly errors?: readonly { readonly detail?: string; readonly message?: string }[];
}

/** Returns the body of a successful response. @throws Error with the problem's text */
export async function bodyOf<Body>(call: Promise<Answered<Body>>): Promise<Body> {
  const { data, error, response } = await call;
  if (data !== undefined) return data;
  const { detail, errors = [] } = (error ?? {}) as Problem;
  const reasons = [detail, ...errors.map((each) => each.detail ?? each.message)].filter(Boolean);
  throw new Error(`${response.url} answered ${response.status}: ${reasons.join(' ') || 'no reason given'}`);
}

/** Returns a value that is present in every successful response. @throws Error when the value is absent */
export function required<Value>(value: Value | null | undefined, name: string): Value {
  if (value === null || value === undefined) throw new Error(`The answer has no ${name}.`);
  return value;
}
