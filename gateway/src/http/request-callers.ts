import { err, type Result } from '@souk/kit/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { claimsOfHeaders, type Caller, type CallerSource } from '../identity/caller.ts';
import { correlationIdOf } from '../identity/request-ids.ts';
import type { RequestRates } from '../limits/rates/request-rates.ts';
import type { HttpProblem } from './problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** For `RequestCallers` alone. A member, not a WeakMap: that took a tenth of a request's way in and out. */
    identifiedCaller: Caller | null;
  }
}

/** Who sent a request: found out once, asked for often. The app's requests are decorated with `identifiedCaller`. */
export class RequestCallers {
  readonly #callers: CallerSource;
  readonly #rates: RequestRates | null;

  /** @param rates counts the requests; null counts none. */
  constructor(callers: CallerSource, rates: RequestRates | null = null) {
    this.#callers = callers;
    this.#rates = rates;
  }

  /** Finds out, before anything of the request is believed, and whether the caller may ask now. Sets what its answer says of that. */
  async identify(request: FastifyRequest, reply: FastifyReply): Promise<Result<Caller, HttpProblem>> {
    const correlationId = correlationIdOf(request.headers, request.id);
    const claims = claimsOfHeaders(request.headers, { requestId: request.id, correlationId });
    const caller = await this.#callers.identify(claims);
    const problem = this.#rates && (await this.#count(this.#rates, caller, request, reply));
    if (problem) return err(problem);
    if (caller.ok) request.identifiedCaller = caller.value;
    return caller;
  }

  /** Who it was. @throws Error when it was not found out before. */
  of({ identifiedCaller }: FastifyRequest): Caller {
    if (!identifiedCaller) throw new Error('a request came this far without a caller');
    return identifiedCaller;
  }

  async #count(
    rates: RequestRates,
    caller: Result<Caller, unknown>,
    { clientAddress }: FastifyRequest,
    reply: FastifyReply,
  ): Promise<HttpProblem | null> {
    const admitted = await rates.admit({ context: caller.ok ? caller.value.context : null, address: clientAddress });
    void reply.headers(admitted.ok ? admitted.value : admitted.error.headers);
    if (admitted.ok) return null;
    const { limit, retryAfterSeconds, status, code, message } = admitted.error;
    return { status, code, message, details: { limit, retryAfterSeconds } };
  }
}
