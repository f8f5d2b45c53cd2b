/** What GraphQL answers are sent as (GraphQL over HTTP, section "Media Types"). */
export type AnswerType = 'application/graphql-response+json' | 'application/json';

const GRAPHQL = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';
const ANY_JSON = new Set([JSON_TYPE, 'application/*', '*/*']);

/** The first type of an `Accept` header that we can send; null when there is none. Weights are not read. */
export function answerType(accept: string | undefined): AnswerType | null {
  if (accept === undefined || accept === '*/*' || accept === JSON_TYPE) return JSON_TYPE;
  for (const range of accept.toLowerCase().split(',')) {
    const [type = '', ...params] = range.split(';').map((part) => part.trim());
    if (params.some((param) => param.startsWith('charset=') && !/^charset="?utf-?8"?$/.test(param))) continue;
    if (type === GRAPHQL) return GRAPHQL;
    if (ANY_JSON.has(type)) return JSON_TYPE;
  }
  return null;
}
