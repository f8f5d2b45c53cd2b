import { err, ok } from '@souk/kit/domain';
import type { Guard } from '../../operations/guard.ts';
import { rateError } from './rate-refusal.ts';
import type { RequestRates } from './request-rates.ts';

/** An operation over a socket is a request: over HTTP it was counted before its body was read. */
export function socketRequestGuard(rates: RequestRates): Guard {
  return async (_ready, { transport, context, address }) => {
    if (transport !== 'SOCKET') return ok({});
    const admitted = await rates.admit({ context, address });
    return admitted.ok ? ok({}) : err(rateError(admitted.error));
  };
}
