import type { ShownLinks } from './links.ts';
import type { ProblemError } from '../http/problem.ts';

/**
 * The fields of a successful response besides `data` and `request_id`. They are equal for all callers who may see the
 * data.
 */
export interface EnvelopeMembers {
  /** Paging details. Null when the data is not a page of a list. */
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly links: ShownLinks;
  /** The errors of missing fields, for instance because a subgraph is down. */
  readonly errors: readonly ProblemError[];
}

/**
 * The start of the body of a success. `envelope` appends the request id, so this part is equal for every request, can be cached and has an
 * entity tag. The data is serialized once.
 */
export function envelopeHead(data: unknown, { meta, links, errors }: EnvelopeMembers): string {
  const text = JSON.stringify({
    status: errors.length === 0 ? 'success' : 'partial',
    data,
    ...(meta && { meta }),
    ...(errors.length > 0 && { errors }),
    _links: links,
  });
  return text.slice(0, -1);
}

/** Completes a body that `envelopeHead` has begun: adds the request id, and closes the JSON object. */
export function envelope(head: string, requestId: string): string {
  return `${head},"request_id":${JSON.stringify(requestId)}}`;
}
