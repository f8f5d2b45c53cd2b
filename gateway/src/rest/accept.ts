const ACCEPTED = new Set(['*/*', 'application/*', 'application/json', 'application/problem+json']);

/** Whether a client takes what every answer here is: JSON. Types with q=0 are not taken. */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return true;
  return accept
    .toLowerCase()
    .split(',')
    .some((range) => {
      const [type = '', ...params] = range.split(';').map((part) => part.trim());
      return ACCEPTED.has(type) && !params.some((param) => /^q=0(\.0*)?$/.test(param));
    });
}
