import { offered, preferredType } from './media-type.ts';

const JSON_TYPE = 'application/json';
const PROBLEM = offered(['application/problem+json']);
const ANSWERS = offered([JSON_TYPE, 'application/problem+json']);

/**
 * Whether a client accepts one of the JSON types, or the type of a file. A type with q=0 is not accepted.
 * @param file the media type of a route that answers with a file
 */
export function acceptsAnswer(accept: string | undefined, file?: string): boolean {
  if (accept === undefined || accept === '*/*' || accept === JSON_TYPE) return true;
  if (file !== undefined && preferredType(accept, offered([file])) !== null) return true;
  return preferredType(accept, ANSWERS) !== null;
}

/** Whether a client accepts `application/problem+json`. */
export function acceptsProblems(accept: string | undefined): boolean {
  return preferredType(accept, PROBLEM) !== null;
}
