import type { ShownLinks } from './links.ts';
import type { ProblemError } from '../http/problem.ts';

/** What surrounds the data of a success, the same for everybody who may see it. */
export interface EnvelopeMembers {
  /** Where the data is one page of a list. */
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly links: ShownLinks;
  /** Parts that could not be had, for instance because a subgraph is down. */
  readonly errors: readonly ProblemError[];
}

/** The body of a success but for its request id, so that it can be kept, and have an entity tag. Serialized once. */
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

/** The whole body. */
export function envelope(head: string, requestId: string): string {
  return `${head},"request_id":${JSON.stringify(requestId)}}`;
}
