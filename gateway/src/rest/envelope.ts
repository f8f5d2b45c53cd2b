import type { ShownLinks } from './links.ts';
import type { ProblemError } from './problem.ts';

/** What surrounds the data of a success. */
export interface EnvelopeParts {
  /** Where the data is one page of a list. */
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly links: ShownLinks;
  /** Parts that could not be had, for instance because a subgraph is down. */
  readonly errors: readonly ProblemError[];
  readonly requestId: string;
}

/** The body of a success. The data is serialized already, because its entity tag needed that. */
export function envelope(dataText: string, { meta, links, errors, requestId }: EnvelopeParts): string {
  const status = errors.length === 0 ? 'success' : 'partial';
  const rest = {
    ...(meta && { meta }),
    ...(errors.length > 0 && { errors }),
    _links: links,
    request_id: requestId,
  };
  return `{"status":"${status}","data":${dataText},${JSON.stringify(rest).slice(1)}`;
}
