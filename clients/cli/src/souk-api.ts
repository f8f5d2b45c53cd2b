import { Readable } from 'node:stream';

/** Thrown when a request fails. The command prints the message. */
export class ApiError extends Error {
  /** The HTTP status. Null when there was no response. */
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** The server to call, and the access tokens for it. */
export interface Connection {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  /** The slug of the tenant to log in to. Null when the server picks the tenant, for instance from the host name. */
  readonly tenant: string | null;
  /** Returns an access token. When `renew` is true, requests a new token instead of the known token. */
  token(renew: boolean): Promise<string>;
}

/** Client of the REST API, with an access token on each request. */
export class SoukApi {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Reads a resource. @returns the `data` of the response @throws ApiError */
  async get(path: string): Promise<unknown> {
    return dataOf(await this.#send(path, { method: 'GET' }));
  }

  /** Sends JSON. @returns the `data` of the response @throws ApiError */
  async post(path: string, body: object): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return dataOf(await this.#send(path, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  /** Uploads a file. @throws ApiError */
  async upload(path: string, file: Readable): Promise<unknown> {
    await this.#connection.token(false); // before the stream, because a stream can be sent once
    const headers = { 'content-type': 'text/csv' };
    const body = Readable.toWeb(file) as ReadableStream;
    return dataOf(await this.#send(path, { method: 'POST', headers, body, duplex: 'half' }, false));
  }

  /** Downloads a file as a stream. @throws ApiError */
  async download(path: string, accept: string): Promise<Readable> {
    const { body } = await this.#send(path, { method: 'GET', headers: { accept } });
    return Readable.fromWeb(body ?? new Blob([]).stream());
  }

  async #send(
    path: string,
    init: RequestInit & { duplex?: 'half' },
    mayRepeat = true,
    renew = false,
  ): Promise<Response> {
    const { url, tenant } = this.#connection;
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${await this.#connection.token(renew)}`);
    if (tenant !== null) headers.set('x-tenant-id', tenant);
    const response = await reach(`${url}/api/v1${path}`, { ...init, headers });
    if (response.ok) return response;
    if (response.status === 401 && mayRepeat && !renew) return this.#send(path, init, false, true);
    throw await problemOf(response);
  }
}

/** The answer of a login: a token, or a challenge for an account with an authenticator app. */
interface LoginAnswer {
  readonly accessToken: string | null;
  readonly challenge?: { readonly token: string } | null;
}

/**
 * Logs in.
 * @param askCode returns a code of the authenticator app, or a recovery code. Called only for an account that needs one
 * @returns the access token
 * @throws ApiError
 */
export async function logIn(
  url: string,
  tenant: string | null,
  credentials: { email: string; password: string },
  askCode: () => Promise<string>,
): Promise<string> {
  const headers = { 'content-type': 'application/json', ...(tenant !== null && { 'x-tenant-id': tenant }) };
  const send = async (path: string, body: object) => {
    const response = await reach(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw await problemOf(response);
    return (await dataOf(response)) as LoginAnswer;
  };
  const { accessToken, challenge } = await send('/auth/login', credentials);
  if (!challenge) return String(accessToken);
  const verified = await send('/auth/verify-code', { challenge: challenge.token, code: await askCode() });
  return String(verified.accessToken);
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new ApiError(
      `No answer from ${new URL(address).origin} (${cause}). Start Souk with npm start, or name its address with --url`,
      null,
    );
  }
}

async function dataOf(response: Response): Promise<unknown> {
  const { data } = (await response.json()) as { data: unknown };
  return data;
}

async function problemOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as { errors?: { message?: string }[] } | null;
  const messages = (body?.errors ?? []).flatMap(({ message }) => message ?? []);
  return new ApiError(messages.join('\n') || `The server answered with ${response.status}`, response.status);
}
