import { traceOf } from '@souk/kit/context';
import { ok, type Result } from '@souk/kit/domain';
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, CallerClaims, CallerRefusal, CallerSource } from './caller.ts';
import type { ForwardingContext } from './caller-key.ts';

/** The nil UUID (RFC 9562, section 5.9), for a gateway without tenants. */
const NO_TENANT = '00000000-0000-0000-0000-000000000000';

/**
 * The characters of a header field value (RFC 9110, section 5.5). Values in `connection_init` need this check, because they have not passed
 * an HTTP parser.
 */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Treats every caller as anonymous. The subgraphs identify callers themselves, by the forwarded headers. */
export class ForwardingCallers implements CallerSource {
  readonly #names: readonly string[];

  /**
   * @param names the names of the headers that subgraphs receive. Letter case does not matter. The list must contain
   * every header on which an answer may depend.
   */
  constructor(names: readonly string[]) {
    this.#names = [...new Set(names.map((name) => name.toLowerCase()))].toSorted();
  }

  async identify({ headers, requestId, correlationId }: CallerClaims): Promise<Result<Caller, CallerRefusal>> {
    const trace = traceOf(headers);
    const context: ForwardingContext = {
      tenantId: NO_TENANT,
      actor: { kind: 'anonymous' },
      requestId,
      correlationId,
      locale: 'en',
      forwarded: pick(headers, this.#names),
      ...(trace && { trace }),
    };
    return ok({ context, token: null });
  }
}

function pick(headers: IncomingHttpHeaders, names: readonly string[]): Readonly<Record<string, string>> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    const text = Array.isArray(value) ? value.join(', ') : value;
    if (text !== undefined && FIELD_VALUE.test(text)) picked[name] = text;
  }
  return picked;
}
