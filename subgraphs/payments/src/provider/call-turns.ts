import type { RequestContext } from '@souk/kit/context';

/**
 * Lets one caller at a time ask a provider that has no idempotency keys. Two callers that ask at the same moment would both find no earlier
 * request, and the step would happen twice.
 */
export interface CallTurns {
  /**
   * Takes the turn of a step for a minute, which is longer than a request to a provider may take.
   * @returns false while another caller has the turn, or when the step has ended
   */
  take(ctx: RequestContext, stepId: string): Promise<boolean>;
}
