import type { RequestContext } from '@souk/kit/context';

/**
 * Allows one caller at a time to call a provider for a step. Needed for providers without idempotency keys. Otherwise two concurrent
 * callers would both find no earlier request, and the money would move twice.
 */
export interface CallTurns {
  /**
   * Reserves the provider call of a step for a minute. A request to a provider times out earlier.
   * @returns false while another caller has the reservation, or when the step has ended
   */
  take(ctx: RequestContext, stepId: string): Promise<boolean>;
}
