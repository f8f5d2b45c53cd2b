import { sign } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import { CONTEXT_HEADER, CONTEXT_ISSUER, CONTEXT_LIFETIME_SECONDS, type ContextClaims } from './context-claims.ts';
import { readSigningKey, type SigningKey } from './context-keys.ts';

/** What signs for the gateway. */
export interface ContextSignerOptions {
  /** PKCS8 PEM of an Ed25519 key; the subgraphs know its public half. */
  readonly privateKeyPem: string;
  readonly clock: Clock;
}

interface SignedToken {
  readonly token: string;
  readonly renewAtMs: number;
}

const CALLERS = 10_000;

/**
 * Signs what the gateway knows of a caller, for one subgraph: a JWT (RFC 7519) that counts for a minute. A token is used again
 * for the same caller in its first half, so that a busy gateway signs rarely, a subgraph verifies rarely, and what arrives has
 * half a minute left whatever the clocks and queues between them do. It does not name the request: whose it is says the
 * signature, which one it is say plain headers.
 */
export class ContextSigner {
  readonly #key: SigningKey;
  readonly #clock: Clock;
  readonly #tokens = new LRUCache<string, SignedToken>({ max: CALLERS });

  /** @throws Error when the key is no Ed25519 key. */
  constructor({ privateKeyPem, clock }: ContextSignerOptions) {
    this.#key = readSigningKey(privateKeyPem);
    this.#clock = clock;
  }

  /** The headers of a request of this caller to this subgraph. */
  headers(audience: string, context: RequestContext): Readonly<Record<string, string>> {
    const { tenantId, actor, locale, clientAddress, requestId, correlationId, trace } = context;
    if (actor.kind === 'system') throw new Error('the platform itself does not call through the gateway');
    // Named one by one: a context may carry more, which is nobody's business there.
    const token = this.#tokenOf(audience, {
      tenantId,
      actor,
      locale,
      ...(clientAddress !== undefined && { clientAddress }),
    });
    return { [CONTEXT_HEADER]: token, 'x-request-id': requestId, 'x-correlation-id': correlationId, ...trace };
  }

  /** The headers of a question of the gateway itself, in nobody's name. */
  ownHeaders(audience: string): Readonly<Record<string, string>> {
    return { [CONTEXT_HEADER]: this.#tokenOf(audience, null) };
  }

  /**
   * The payload of the `ping` that renews a socket to a subgraph. Counts for `CONTEXT_LIFETIME_SECONDS`.
   * @param nonce of the socket, from the payload of `connection_ack`
   */
  renewal(audience: string, nonce: string): Readonly<Record<string, string>> {
    return { [CONTEXT_HEADER]: this.#sign(audience, null, Math.floor(this.#clock.now().getTime() / 1000), nonce) };
  }

  #tokenOf(audience: string, context: ContextClaims['context']): string {
    const key = JSON.stringify([audience, context]);
    const nowMs = this.#clock.now().getTime();
    const known = this.#tokens.get(key);
    if (known && nowMs < known.renewAtMs) return known.token;
    const token = this.#sign(audience, context, Math.floor(nowMs / 1000));
    this.#tokens.set(key, { token, renewAtMs: nowMs + (CONTEXT_LIFETIME_SECONDS / 2) * 1000 });
    return token;
  }

  /** A compact JWS (RFC 7515) by hand: jose signs in a promise, and headers are wanted at once. */
  #sign(aud: string, context: ContextClaims['context'], iat: number, nonce?: string): string {
    const header = { alg: 'EdDSA', typ: 'JWT', kid: this.#key.keyId };
    const claims = { iss: CONTEXT_ISSUER, aud, iat, exp: iat + CONTEXT_LIFETIME_SECONDS, context, nonce };
    const input = `${base64url(header)}.${base64url(claims)}`;
    return `${input}.${sign(null, Buffer.from(input), this.#key.key).toString('base64url')}`;
  }
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
