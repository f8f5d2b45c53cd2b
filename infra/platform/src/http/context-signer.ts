import { sign } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import { CONTEXT_HEADER, CONTEXT_ISSUER, CONTEXT_LIFETIME_SECONDS, type ContextClaims } from './context-claims.ts';
import { readSigningKey, type SigningKey } from './context-keys.ts';

export interface ContextSignerOptions {
  /** PKCS8 PEM of an Ed25519 key. The subgraphs have the public key. */
  readonly privateKeyPem: string;
  readonly clock: Clock;
}

interface SignedToken {
  readonly token: string;
  readonly renewAtMs: number;
}

const CALLERS = 10_000;

/**
 * Signs the caller's context for one subgraph as a JWT (RFC 7519) that is valid for 60 s. A token is reused for the same caller during the
 * first 30 s, which saves signing in the gateway and verifying in the subgraphs. A token is therefore valid for at least 30 s after it is
 * sent, which covers clock differences and queues. The token does not contain the request's id, which is in a plain header.
 */
export class ContextSigner {
  readonly #key: SigningKey;
  readonly #clock: Clock;
  readonly #tokens = new LRUCache<string, SignedToken>({ max: CALLERS });

  /** @throws Error when the key is not an Ed25519 key */
  constructor({ privateKeyPem, clock }: ContextSignerOptions) {
    this.#key = readSigningKey(privateKeyPem);
    this.#clock = clock;
  }

  /** The headers of a request to `audience` on behalf of the caller. */
  headers(audience: string, context: RequestContext): Readonly<Record<string, string>> {
    const { tenantId, actor, locale, channelId, clientAddress, requestId, correlationId, trace } = context;
    if (actor.kind === 'system')
      throw new Error('A system actor cannot call through the gateway: send a command instead');
    // The claims are listed one by one, because the context may have further properties that the subgraph must not receive.
    const token = this.#tokenOf(audience, {
      tenantId,
      actor,
      locale,
      ...(channelId !== undefined && { channelId }),
      ...(clientAddress !== undefined && { clientAddress }),
    });
    return { [CONTEXT_HEADER]: token, 'x-request-id': requestId, 'x-correlation-id': correlationId, ...trace };
  }

  /** The headers of a request of the gateway itself, without a caller. */
  ownHeaders(audience: string): Readonly<Record<string, string>> {
    return { [CONTEXT_HEADER]: this.#tokenOf(audience, null) };
  }

  /**
   * The payload of the `ping` that renews a socket to a subgraph. Valid for `CONTEXT_LIFETIME_SECONDS`.
   * @param nonce the socket's nonce, from the payload of `connection_ack`
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

  /** Creates a compact JWS (RFC 7515). jose is not used, because it signs asynchronously and the headers are needed synchronously. */
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
