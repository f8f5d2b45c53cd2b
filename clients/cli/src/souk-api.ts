import { Readable } from 'node:stream';

/** Thrown when a request fails. The message is for people. */
export class ApiError extends Error {
  /** The HTTP status. Null: no answer. */
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** The server and the caller. */
export interface Connection {
  /** The address of the server, without a trailing slash. */
  readonly url: string;
  /** The slug of the shop, for the login. Null: the server's own choice. */
  readonly tenant: string | null;
  /** Returns an access token. */
  token(renew: boolean): Promise<string>;
}

/** Calls the REST API of a server. */
export class SoukApi {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The `data` of an answer. @throws ApiError */
  async get(path: string): Promise<unknown> {
    return dataOf(await this.#send(path, { method: 'GET' }));
  }

  /** Sends JSON. @throws ApiError */
  async post(path: string, body: object): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return dataOf(await this.#send(path, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  /** Sends a file. @throws ApiError */
  async upload(path: string, file: Readable): Promise<unknown> {
    await this.#connection.token(false); // before the stream, because a stream can be sent once
    const headers = { 'content-type': 'text/csv' };
    const body = Readable.toWeb(file) as ReadableStream;
    return dataOf(await this.#send(path, { method: 'POST', headers, body, duplex: 'half' }, false));
  }

  /** Receives a file. @throws ApiError */
  async download(path: string, accept: string): Promise<Readable> {
    const { body } = await this.#send(path, { method: 'GET', headers: { accept } });
    return Readable.fromWeb((body ?? new Blob([]).stream()) as Parameters<typeof Readable.fromWeb>[0]);
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

/** Logs in. @returns the access token @throws ApiError */
export async function logIn(
  url: string,
  tenant: string | null,
  credentials: { email: string; password: string },
): Promise<string> {
  const headers = { 'content-type': 'application/json', ...(tenant !== null && { 'x-tenant-id': tenant }) };
  const response = await reach(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify(credentials),
  });
  if (!response.ok) throw await problemOf(response);
  return String(((await dataOf(response)) as { accessToken: string }).accessToken);
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
