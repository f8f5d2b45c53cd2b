import { err } from '@souk/kit/domain';
import { ADMITTED, type Guard } from '../../operations/guard.ts';
import type { OperationCall } from '../../operations/operation-call.ts';
import { rateError } from './rate-refusal.ts';
import type { RequestRates } from './request-rates.ts';

/** Counts an operation over a socket as a request. Over HTTP the request is counted before its body is read. */
export function socketRequestGuard(rates: RequestRates): Guard {
  const count = async ({ context, address }: OperationCall) => {
    const admitted = await rates.admit({ context, address });
    return admitted.ok ? ADMITTED : err(rateError(admitted.error));
  };
  return (_ready, call) => (call.transport === 'SOCKET' ? count(call) : ADMITTED);
}
