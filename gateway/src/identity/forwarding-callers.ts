import { traceOf } from '@souk/kit/context';
import { ok, type Result } from '@souk/kit/domain';
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, CallerClaims, CallerRefusal, CallerSource } from './caller.ts';
import type { ForwardingContext } from './caller-key.ts';

/** RFC 9562, section 5.9. A gateway without tenants has this one. */
const NO_TENANT = '00000000-0000-0000-0000-000000000000';

/** RFC 9110, section 5.5. What comes in `connection_init` was not checked by an HTTP parser. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Nobody is known: subgraphs find out for themselves who calls, by the headers that are forwarded to them. */
export class ForwardingCallers implements CallerSource {
  readonly #names: readonly string[];

  /** @param names of the headers that subgraphs get, in any case. Whatever an answer may depend on has to be among them. */
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
