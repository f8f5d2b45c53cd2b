import type { KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { errors, jwtVerify, type CryptoKey, type JWSHeaderParameters } from 'jose';
import { LRUCache } from 'lru-cache';
import { traceOf, type RequestContext } from '@souk/kit/context';
import { err, ok, type Clock, type Result } from '@souk/kit/domain';
import { CONTEXT_HEADER, CONTEXT_ISSUER, contextClaims, type ContextClaims } from './context-claims.ts';
import { readVerificationKeys } from './context-keys.ts';

/** The reason why a request is refused. INVALID: the context was signed for another subgraph, or with an unknown key. */
export type ContextProblem = 'MISSING' | 'INVALID' | 'EXPIRED';

export interface ContextVerifierOptions {
  /** SPKI PEM of the gateway's Ed25519 public keys, one after the other. */
  readonly publicKeysPem: string;
  /** The name of this subgraph, which the JWT claim `aud` must contain. */
  readonly audience: string;
  readonly clock: Clock;
}

type Headers = Pick<IncomingHttpHeaders, string>;

const TOKENS = 10_000;

/** Verifies contexts that the gateway signed for this subgraph. The results are cached, because the gateway reuses tokens. */
export class ContextVerifier {
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #audience: string;
  readonly #clock: Clock;
  readonly #verified = new LRUCache<string, ContextClaims>({ max: TOKENS });

  /** @throws Error when the keys cannot be read. */
  constructor({ publicKeysPem, audience, clock }: ContextVerifierOptions) {
    this.#keys = readVerificationKeys(publicKeysPem);
    this.#audience = audience;
    this.#clock = clock;
  }

  /** The context of a request. Each call returns a new object, because data loaders are attached to it. */
  async contextOf(headers: Headers): Promise<Result<RequestContext, ContextProblem>> {
    const claims = await this.#claims(headers);
    if (!claims.ok) return claims;
    const { context, nonce } = claims.value;
    if (context === null || nonce !== undefined) return err('INVALID');
    const requestId = single(headers['x-request-id']) ?? '';
    const correlationId = single(headers['x-correlation-id']) ?? requestId;
    const trace = traceOf(headers);
    return ok({ ...context, requestId, correlationId, ...(trace && { trace }) });
  }

  /** The current time that decides whether a signature has expired, as Unix time in ms. */
  nowMs(): number {
    return this.#clock.now().getTime();
  }

  /** Unix time in ms at which the signed context in the headers expires. Null without a valid context. */
  async expiryMs(headers: Headers): Promise<number | null> {
    const claims = await this.#claims(headers);
    return claims.ok ? claims.value.exp * 1000 : null;
  }

  /** Unix time in ms at which a renewal expires. Null when the token does not renew the socket with this nonce. */
  async renewalExpiryMs(token: string, nonce: string): Promise<number | null> {
    const claims = await this.#verify(token);
    return claims.ok && claims.value.nonce === nonce ? claims.value.exp * 1000 : null;
  }

  /** Whether the gateway signed the request, with or without a caller. */
  async isGateway(headers: Headers): Promise<boolean> {
    const claims = await this.#claims(headers);
    return claims.ok && claims.value.nonce === undefined;
  }

  async #claims(headers: Headers): Promise<Result<ContextClaims, ContextProblem>> {
    const token = single(headers[CONTEXT_HEADER]);
    if (token === undefined) return err('MISSING');
    const known = this.#verified.get(token);
    if (known) return known.exp * 1000 > this.#clock.now().getTime() ? ok(known) : err('EXPIRED');
    const claims = await this.#verify(token);
    if (claims.ok) this.#verified.set(token, claims.value);
    return claims;
  }

  async #verify(token: string): Promise<Result<ContextClaims, ContextProblem>> {
    try {
      const { payload } = await jwtVerify<unknown>(token, (header) => this.#keyOf(header), {
        algorithms: ['EdDSA'],
        issuer: CONTEXT_ISSUER,
        audience: this.#audience,
        currentDate: this.#clock.now(),
      });
      const claims = contextClaims.safeParse(payload);
      return claims.success ? ok(claims.data) : err('INVALID');
    } catch (error) {
      if (error instanceof errors.JWTExpired) return err('EXPIRED');
      if (error instanceof errors.JOSEError) return err('INVALID');
      throw error;
    }
  }

  #keyOf({ kid = '' }: JWSHeaderParameters): KeyObject | CryptoKey {
    const key = this.#keys.get(kid);
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key;
  }
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
