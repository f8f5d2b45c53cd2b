import type { RequestContext } from '@souk/kit/context';

/** The sender of an operation, and its transport. */
export interface OperationCall {
  readonly context: RequestContext;
  readonly transport: 'HTTP' | 'SSE' | 'SOCKET' | 'REST';
  /** The client's IP address, if it is known. */
  readonly address: string;
  /** Whether a GET sent the operation. An operation by GET must change nothing. */
  readonly readOnly: boolean;
  /**
   * Whether the answer should contain its query plan, if the caller may see the plan.
   * @default false
   */
  readonly wantsPlan?: boolean;
  /**
   * Calls back after the answer was sent.
   * @default in the next turn of the event loop
   */
  readonly afterAnswer?: (work: () => void) => void;
}
