import { err, type Result } from '@souk/kit/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { claimsOfHeaders, type Caller, type CallerSource } from '../identity/caller.ts';
import { correlationIdOf } from '../identity/request-ids.ts';
import type { RequestRates } from '../limits/rates/request-rates.ts';
import type { HttpProblem } from './problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * The caller that `RequestCallers` has identified, or null until the caller is identified. A WeakMap from requests
     * to callers would take a tenth of a request's time.
     */
    identifiedCaller: Caller | null;
  }
}

/** Identifies the caller of a request once, and stores the caller in the request's `identifiedCaller`. */
export class RequestCallers {
  readonly #callers: CallerSource;
  readonly #rates: RequestRates | null;

  /** @param rates the rate limits of requests. With null requests are not limited. */
  constructor(callers: CallerSource, rates: RequestRates | null = null) {
    this.#callers = callers;
    this.#rates = rates;
  }

  /** Identifies the caller and checks the rate limits, before the rest of the request is read. Sets the rate-limit headers. */
  async identify(request: FastifyRequest, reply: FastifyReply): Promise<Result<Caller, HttpProblem>> {
    const correlationId = correlationIdOf(request.headers, request.id);
    const facts = { address: request.clientAddress, requestId: request.id, correlationId };
    const claims = claimsOfHeaders(request.headers, facts);
    const caller = await this.#callers.identify(claims);
    const problem = this.#rates && (await this.#count(this.#rates, caller, request, reply));
    if (problem) return err(problem);
    if (caller.ok) request.identifiedCaller = caller.value;
    else if (caller.error.details) void reply.header('retry-after', caller.error.details.retryAfterSeconds);
    return caller;
  }

  of({ identifiedCaller }: FastifyRequest): Caller {
    if (!identifiedCaller) throw new Error('the caller of a request was not identified before its use');
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
