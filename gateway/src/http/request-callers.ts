import type { Result } from '@souk/kit/domain';
import type { FastifyRequest } from 'fastify';
import { claimsOfHeaders, type Caller, type CallerRefusal, type CallerSource } from '../identity/caller.ts';
import { correlationIdOf } from '../identity/request-ids.ts';

/** Who sent a request: found out once, asked for often. */
export class RequestCallers {
  readonly #callers: CallerSource;
  readonly #known = new WeakMap<FastifyRequest, Caller>();

  constructor(callers: CallerSource) {
    this.#callers = callers;
  }

  /** Finds out, before anything of the request is believed. */
  async identify(request: FastifyRequest): Promise<Result<Caller, CallerRefusal>> {
    const correlationId = correlationIdOf(request.headers, request.id);
    const claims = claimsOfHeaders(request.headers, { requestId: request.id, correlationId });
    const caller = await this.#callers.identify(claims);
    if (caller.ok) this.#known.set(request, caller.value);
    return caller;
  }

  /** Who it was. @throws Error when it was not found out before. */
  of(request: FastifyRequest): Caller {
    const caller = this.#known.get(request);
    if (!caller) throw new Error('a request came this far without a caller');
    return caller;
  }
}
