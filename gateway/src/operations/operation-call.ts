import type { RequestContext } from '@souk/kit/context';

/** Who sends an operation, and how. */
export interface OperationCall {
  readonly context: RequestContext;
  readonly transport: 'HTTP' | 'SSE' | 'SOCKET' | 'REST';
  /** The client's IP address, as far as it can be known. */
  readonly address: string;
  /** Sent by a GET, which must change nothing. */
  readonly readOnly: boolean;
  /** Whether the answer should say how it was planned, if the caller may know. Default: false. */
  readonly wantsPlan?: boolean;
  /** Calls back once the answer has left. Default: in the next turn of the event loop. */
  readonly afterAnswer?: (work: () => void) => void;
}
