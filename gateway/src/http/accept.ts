import { offered, preferredType } from './media-type.ts';

const JSON_TYPE = 'application/json';
const PROBLEM = offered(['application/problem+json']);
const ANSWERS = offered([JSON_TYPE, 'application/problem+json']);

/** Whether a client accepts one of the JSON types. A type with q=0 is not accepted. */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept === '*/*' || accept === JSON_TYPE) return true;
  return preferredType(accept, ANSWERS) !== null;
}

/** Whether a client accepts `application/problem+json`. A type with q=0 is not accepted. */
export function acceptsProblems(accept: string | undefined): boolean {
  return preferredType(accept, PROBLEM) !== null;
}
