import { err, ok, type Result } from '@souk/kit/domain';
import { restProblem, type RestProblem } from '../http/problem.ts';
import { isRecord } from './links.ts';
import type { RequestValues } from './request-variables.ts';
import type { RouteOutcome } from './rest-runner.ts';
import type { RestRoute } from './rest-table.ts';

/** The size of one part in bytes. A part encoded in Base64 stays below the gateway's body limit. */
const PART_BYTES = 384 * 1024;

type UploadTerms = NonNullable<NonNullable<RestRoute['body']>['file']>;

/** The input fields that a file upload sends in the query string, because its body is the file. */
export function uploadFields(
  { fields }: UploadTerms,
  { query, headers }: RequestValues,
): Result<Record<string, unknown>, RestProblem> {
  const input: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    const kind = fields[name];
    if (!kind || typeof value !== 'string')
      return err(wrong(name, `Known are ${Object.keys(fields).join(', ')}, once each`));
    if (kind === 'boolean' && value !== 'true' && value !== 'false')
      return err(wrong(name, `${name} is true or false`));
    input[name] = kind === 'boolean' ? value === 'true' : value;
  }
  const key = headers['idempotency-key'];
  if (typeof key === 'string') input['idempotencyKey'] = key;
  return ok(input);
}

/**
 * Runs the operation once per part of a body, so the memory does not depend on the size of the file. The first answer contains the id of
 * the upload, which the later parts repeat.
 * @returns the outcome of the last part, or the first problem
 */
export async function uploadParts(
  body: AsyncIterable<Buffer>,
  input: Readonly<Record<string, unknown>>,
  run: (input: Readonly<Record<string, unknown>>) => Promise<RouteOutcome>,
  { field }: Pick<UploadTerms, 'field'>,
): Promise<RouteOutcome> {
  let [importId, startByte, waiting]: [string | null, number, Buffer | null] = [null, 0, null];
  const { idempotencyKey: key } = input;
  const send = async (content: Buffer, hasMore: boolean) => {
    const part = { importId, startByte, content: content.toString('base64'), hasMore };
    const outcome = await run({
      ...input,
      ...(typeof key === 'string' && { idempotencyKey: `${key}-${startByte}` }),
      [field]: part,
    });
    startByte += content.length;
    if (!outcome.problem && isRecord(outcome.data)) importId = String(outcome.data['id']);
    return outcome;
  };
  for await (const part of partsOf(body)) {
    if (waiting) {
      const outcome = await send(waiting, true);
      if (outcome.problem) return outcome;
    }
    waiting = part;
  }
  return send(waiting ?? Buffer.alloc(0), false);
}

async function* partsOf(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let [chunks, size]: [Buffer[], number] = [[], 0];
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size < PART_BYTES) continue;
    const all = Buffer.concat(chunks);
    let start = 0;
    for (; all.length - start >= PART_BYTES; start += PART_BYTES) yield all.subarray(start, start + PART_BYTES);
    [chunks, size] = [[all.subarray(start)], all.length - start];
  }
  if (size > 0) yield Buffer.concat(chunks);
}

function wrong(field: string, message: string): RestProblem {
  return restProblem(400, 'INVALID_PARAMETER', message, field);
}
