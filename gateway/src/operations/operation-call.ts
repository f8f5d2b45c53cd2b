import type { RequestContext } from '@souk/kit/context';

/** Facts about the sender and the transport of an operation. */
export interface OperationCall {
  readonly context: RequestContext;
  readonly transport: 'HTTP' | 'SSE' | 'SOCKET' | 'REST';
  /** The client's IP address. Empty when it is unknown. */
  readonly address: string;
  /** Whether a GET sent the operation. A GET must not change data. */
  readonly readOnly: boolean;
  /**
   * Whether the client requests the query plan. Only callers who may see plans receive it.
   * @default false
   */
  readonly wantsPlan?: boolean;
  /**
   * Calls back after the answer was sent.
   * @default in the next turn of the event loop
   */
  readonly afterAnswer?: (work: () => void) => void;
}
