import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { sendRestProblem } from '../http/problem.ts';
import { offered, preferredType } from '../http/media-type.ts';
import { isRecord } from './links.ts';
import type { RouteOutcome } from './rest-runner.ts';

/** A part of a file, as the type `DownloadPart` of the schema. */
interface FilePart {
  readonly fileName: string;
  readonly mediaType: string;
  readonly text: string;
  readonly next: string | null;
}

const FILES = offered(['text/csv', 'application/jsonl', 'application/octet-stream']);

/** Whether a client requests the file itself instead of JSON. */
export function wantsFile(accept: string | undefined): boolean {
  return accept !== undefined && preferredType(accept, FILES) !== null;
}

/**
 * Sends all parts of a file as one response. The next part is read when the client has received the part before. If a later part cannot be
 * read, the connection is broken, so the client cannot mistake the incomplete file for the complete one.
 * @param run reads the part after a cursor. Null reads the first part.
 */
export async function sendFile(
  reply: FastifyReply,
  run: (after: string | null) => Promise<RouteOutcome>,
): Promise<FastifyReply> {
  const first = await run(null);
  if (first.problem) return sendRestProblem(reply, first.problem);
  const part = partOf(first.data);
  void reply
    .type(part.mediaType)
    .header('content-disposition', `attachment; filename="${part.fileName.replaceAll(/[^\w.-]/g, '_')}"`)
    .header('cache-control', 'no-store');
  return reply.send(Readable.from(textsOf(part, run)));
}

async function* textsOf(first: FilePart, run: (after: string) => Promise<RouteOutcome>): AsyncGenerator<string> {
  let part = first;
  for (;;) {
    if (part.text !== '') yield part.text;
    if (part.next === null) return;
    const outcome = await run(part.next);
    if (outcome.problem) throw new Error(`A part of the file cannot be read: ${outcome.problem.errors[0].message}`);
    part = partOf(outcome.data);
  }
}

function partOf(data: unknown): FilePart {
  const { fileName, mediaType, text, next } = isRecord(data) ? data : {};
  if (typeof fileName !== 'string' || typeof mediaType !== 'string' || typeof text !== 'string')
    throw new TypeError('The operation returned no part of a file');
  return { fileName, mediaType, text, next: typeof next === 'string' ? next : null };
}
