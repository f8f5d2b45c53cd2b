import { err } from '@souk/kit/domain';
import { ADMITTED, type Guard } from '../../operations/guard.ts';
import type { OperationCall } from '../../operations/operation-call.ts';
import { rateError } from './rate-refusal.ts';
import type { RequestRates } from './request-rates.ts';

/** An operation over a socket is a request: over HTTP it was counted before its body was read. */
export function socketRequestGuard(rates: RequestRates): Guard {
  const count = async ({ context, address }: OperationCall) => {
    const admitted = await rates.admit({ context, address });
    return admitted.ok ? ADMITTED : err(rateError(admitted.error));
  };
  return (_ready, call) => (call.transport === 'SOCKET' ? count(call) : ADMITTED);
}
