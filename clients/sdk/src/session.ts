import { LoginDocument, LoginVerifyDocument, LogoutDocument, TokenRefreshDocument } from './__generated__/documents.ts';
import type { LoginMutation, LoginVerifyMutation } from './__generated__/operation-types.ts';
import type { ClientHeaders } from './client-headers.ts';
import { createHttpClient, type HttpClientOptions } from './http-client.ts';

/** The tokens that a login returns. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Time at which the access token expires (ISO 8601). */
  readonly expiresAt: string;
}

/** Storage for the tokens of a session. Browser tabs with the same storage share the session. */
export interface TokenStore {
  read(): SessionTokens | null;
  write(tokens: SessionTokens | null): void;
}

/** Options of a session. */
export interface SessionOptions extends Pick<HttpClientOptions, 'url' | 'headers' | 'fetch'> {
  /** @default a store in memory, which a reload of the page empties */
  readonly store?: TokenStore;
  /** Called when the gateway has ended the session. @default nothing happens */
  onEnd?(): void;
}

/** A login whose access token is renewed before it expires. */
export interface Session {
  /**
   * Logs in. An account with an authenticator app receives a `challenge` in place of tokens: pass its token to `verifyCode`.
   * @returns the payload, whose `userErrors` are empty after a success
   * @throws SoukError when there is no response
   */
  logIn(credentials: { readonly email: string; readonly password: string }): Promise<LoginMutation['login']>;
  /**
   * Completes a login that returned a `challenge`.
   * @param answer the token of the challenge, and a code of the app or a recovery code
   * @returns the payload, whose `userErrors` are empty after a success
   * @throws SoukError when there is no response
   */
  verifyCode(answer: {
    readonly challenge: string;
    readonly code: string;
  }): Promise<LoginVerifyMutation['loginVerify']>;
  /** Ends the session at the gateway, and forgets the tokens. @throws SoukError when there is no response */
  logOut(): Promise<void>;
  /**
   * Returns the header `Authorization` with a valid token, or no header without a login. Pass this function as
   * `headers` of a client.
   */
  headers(): Promise<ClientHeaders>;
  /** Renews the tokens. Concurrent calls share one request. @throws SoukError when there is no response */
  renew(): Promise<void>;
  readonly isLoggedIn: boolean;
}

/** A token that expires within this time is renewed before a request, because it could expire on the way. */
const MARGIN_MS = 60_000;

/** Creates a session. It starts with the tokens of the store, or without a login when the store is empty. */
export function createSession({ store = memoryStore(), onEnd, ...http }: SessionOptions): Session {
  return new TokenSession(createHttpClient(http), store, onEnd ?? (() => undefined));
}

function memoryStore(): TokenStore {
  let kept: SessionTokens | null = null;
  return { read: () => kept, write: (tokens) => void (kept = tokens) };
}

class TokenSession implements Session {
  readonly #client: ReturnType<typeof createHttpClient>;
  readonly #store: TokenStore;
  readonly #onEnd: () => void;
  #renewal: Promise<void> | null = null;

  constructor(client: ReturnType<typeof createHttpClient>, store: TokenStore, onEnd: () => void) {
    this.#client = client;
    this.#store = store;
    this.#onEnd = onEnd;
  }

  get isLoggedIn(): boolean {
    return this.#store.read() !== null;
  }

  async logIn(credentials: { readonly email: string; readonly password: string }): Promise<LoginMutation['login']> {
    const { login } = await this.#client.run(LoginDocument, { input: credentials });
    return this.#opened(login);
  }

  async verifyCode(answer: {
    readonly challenge: string;
    readonly code: string;
  }): Promise<LoginVerifyMutation['loginVerify']> {
    const { loginVerify } = await this.#client.run(LoginVerifyDocument, { input: answer });
    return this.#opened(loginVerify);
  }

  /** Stores the tokens of a payload. A payload without tokens leaves the store as it is. */
  #opened<Payload extends TokensPayload>(payload: Payload): Payload {
    const tokens = tokensOf(payload);
    if (tokens) this.#store.write(tokens);
    return payload;
  }

  async logOut(): Promise<void> {
    const tokens = this.#store.read();
    if (!tokens) return;
    await this.#client.run(LogoutDocument, { input: { refreshToken: tokens.refreshToken } });
    this.#store.write(null);
  }

  async headers(): Promise<ClientHeaders> {
    if (isStale(this.#store.read())) await this.renew();
    const tokens = this.#store.read();
    return tokens ? { authorization: `Bearer ${tokens.accessToken}` } : {};
  }

  renew(): Promise<void> {
    this.#renewal ??= this.#renewed().finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  async #renewed(): Promise<void> {
    const used = this.#store.read();
    if (!used) return;
    const input = { refreshToken: used.refreshToken };
    const { tokenRefresh } = await this.#client.run(TokenRefreshDocument, { input });
    const tokens = tokensOf(tokenRefresh);
    if (tokens) return this.#store.write(tokens);
    // Another tab may have renewed the tokens during the request. The session of that tab is still valid.
    if (this.#store.read()?.refreshToken !== used.refreshToken) return;
    this.#store.write(null);
    this.#onEnd();
  }
}

function isStale(tokens: SessionTokens | null): boolean {
  return tokens !== null && Date.parse(tokens.expiresAt) - Date.now() < MARGIN_MS;
}

/** The fields of a payload that opens or renews a session. */
type TokensPayload = { readonly [Field in keyof SessionTokens]: string | null } | null;

function tokensOf(payload: TokensPayload): SessionTokens | null {
  const { accessToken, refreshToken, expiresAt } = payload ?? {};
  return accessToken && refreshToken && expiresAt ? { accessToken, refreshToken, expiresAt } : null;
}
