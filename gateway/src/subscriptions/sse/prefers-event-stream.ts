import { answerType } from '../../http/media-type.ts';

const EVENT_STREAM = 'text/event-stream';

/** Whether an `Accept` header names an event stream before any type of a single answer. Weights are not read. */
export function prefersEventStream(accept: string | undefined): boolean {
  const ranges = accept?.toLowerCase() ?? '';
  if (!ranges.includes(EVENT_STREAM)) return false;
  for (const range of ranges.split(',')) {
    if (range.split(';')[0]?.trim() === EVENT_STREAM) return true;
    if (answerType(range.trim())) return false;
  }
  return false;
}
