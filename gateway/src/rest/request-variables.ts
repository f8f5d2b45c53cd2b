import { err, ok, type Result } from '@souk/kit/domain';
import { isNestedBeyond, MOST_NESTED } from '../operations/nesting.ts';
import { isRecord } from './links.ts';
import { parameterReader, type ParameterReader } from './parameter-values.ts';
import { restProblem, type ProblemError, type RestProblem } from '../http/problem.ts';
import type { RestParameter, RestRoute } from './rest-table.ts';

/** The values of an HTTP request, before they are parsed. */
export interface RequestValues {
  readonly path: Readonly<Record<string, string>>;
  /** The URL's query string. A name that occurs several times has a list of values. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: unknown;
}

/** Reads the variables of a route's operation from a request. Returns a problem for an invalid request. */
export type VariablesReader = (values: RequestValues) => Result<Record<string, unknown>, RestProblem>;

interface PreparedParameter extends RestParameter {
  readonly read: ParameterReader;
  /** The parameter's name. Header names are in lower case, as in Node's headers. */
  readonly key: string;
}

/** Compiles the reader of a route's requests. */
export function variablesReader({ parameters, body }: RestRoute): VariablesReader {
  const prepared: PreparedParameter[] = parameters.map((each) => ({
    ...each,
    read: parameterReader(each),
    key: each.in === 'header' ? each.name.toLowerCase() : each.name,
  }));
  const known = new Set(prepared.filter((each) => each.in === 'query').map(({ name }) => name));
  return (values) => {
    const errors = unknownNames(values.query, known);
    const variables: Record<string, unknown> = {};
    if (body) errors.push(...putBody(variables, values.body, body));
    else if (saysSomething(values.body)) errors.push(NO_BODY);
    for (const each of prepared) {
      const problem = putParameter(variables, each, values);
      if (problem) errors.push(problem);
    }
    if (isNestedBeyond(variables)) errors.push(TOO_NESTED);
    const [first, ...others] = errors;
    return first ? err({ status: 400, errors: [first, ...others] }) : ok(variables);
  };
}

const NO_BODY: ProblemError = {
  code: 'BODY_NOT_TAKEN',
  field: null,
  message: 'This route takes no body: say what you want in the address',
};

const TOO_NESTED: ProblemError = {
  code: 'INVALID_BODY',
  field: null,
  message: `Lists and objects may be nested ${MOST_NESTED} deep`,
};

/** Whether the body has content. Many clients send `{}` or `null` with every request. */
function saysSomething(body: unknown): boolean {
  if (body === undefined || body === null) return false;
  return !isRecord(body) || Object.keys(body).length > 0;
}

function unknownNames(query: RequestValues['query'], known: ReadonlySet<string>): ProblemError[] {
  const errors: ProblemError[] = [];
  for (const name in query) if (!known.has(name)) errors.push(unknownName(name, known));
  return errors;
}

function unknownName(name: string, known: ReadonlySet<string>): ProblemError {
  const remedy = known.size === 0 ? 'This route has none' : `Known are ${[...known].join(', ')}`;
  return { code: 'UNKNOWN_PARAMETER', field: name, message: `There is no query parameter ${name}. ${remedy}` };
}

function putBody(
  variables: Record<string, unknown>,
  given: unknown,
  { variable, elsewhere, raw }: NonNullable<RestRoute['body']>,
): ProblemError[] {
  if (raw && variable !== null) {
    variables[variable] = typeof given === 'string' ? given : '';
    return [];
  }
  const body = given ?? {};
  if (!isRecord(body)) {
    return [{ code: 'INVALID_BODY', field: null, message: 'The body must be a JSON object: {"name": value}' }];
  }
  const errors = Object.keys(body)
    .filter((name) => Object.hasOwn(elsewhere, name))
    .map((name) => ({ code: 'MISPLACED_FIELD', field: name, message: `${name} ${elsewhere[name]}` }));
  if (variable === null) Object.assign(variables, body);
  else variables[variable] = { ...body };
  return errors;
}

function putParameter(
  variables: Record<string, unknown>,
  { in: place, key, name, list, read, target, kind, pair }: PreparedParameter,
  values: RequestValues,
): ProblemError | null {
  const given = (place === 'path' ? values.path : place === 'query' ? values.query : values.headers)[key];
  if (given === undefined) return null;
  const texts = typeof given === 'string' ? [given] : given;
  if (texts.length > 1 && !list) return invalid(name, `${name} may come once only`);
  const read_ = texts.map(read);
  const wrong = read_.find((each) => !each.ok);
  if (wrong && !wrong.ok) return invalid(name, wrong.error);
  const found = read_.flatMap((each) => (each.ok ? [each.value] : []));
  const value = pair?.list ? gathered(found, pair) : list ? found : found[0];
  if (value === undefined) return null;
  if (kind === 'version') return putVersion(variables, target, value);
  put(variables, target, value);
  return null;
}

/** Merges pairs with the same key into one object, so that `material:Oak` and `material:Cork` match either value. */
function gathered(pairs: readonly unknown[], { key, value }: NonNullable<RestParameter['pair']>): readonly unknown[] {
  const byKey = Map.groupBy(pairs.filter(isRecord), (each) => each[key]);
  return [...byKey.values()].map((same) => ({ ...same[0], [value]: same.flatMap((each) => each[value]) }));
}

function invalid(field: string, message: string): ProblemError {
  return { code: 'INVALID_PARAMETER', field, message };
}

/** Adds the version in `If-Match` to the variables. If the body also contains a version, both must be equal. */
function putVersion(
  variables: Record<string, unknown>,
  target: readonly string[],
  value: unknown,
): ProblemError | null {
  const holder = holderOf(variables, target);
  const name = target.at(-1) ?? '';
  const inBody = holder[name];
  if (inBody !== undefined && inBody !== value) {
    return invalid('If-Match', `If-Match and ${name} name different versions: send one of them`);
  }
  holder[name] = value;
  return null;
}

function put(variables: Record<string, unknown>, target: readonly string[], value: unknown): void {
  holderOf(variables, target)[target.at(-1) ?? ''] = value;
}

function holderOf(variables: Record<string, unknown>, target: readonly string[]): Record<string, unknown> {
  let holder = variables;
  for (const name of target.slice(0, -1)) {
    const inner = holder[name];
    const next: Record<string, unknown> = isRecord(inner) ? inner : {};
    holder[name] = next;
    holder = next;
  }
  return holder;
}

/**
 * Whether a request has a precondition that the route cannot check. A request that ignores the precondition could
 * overwrite another client's change.
 */
export function unsupportedPrecondition(
  { parameters, method }: RestRoute,
  headers: RequestValues['headers'],
): RestProblem | null {
  if (method === 'GET' || headers['if-match'] === undefined) return null;
  if (parameters.some(({ kind }) => kind === 'version')) return null;
  return restProblem(
    400,
    'PRECONDITION_NOT_SUPPORTED',
    'This route does not check versions: leave out If-Match',
    'If-Match',
  );
}
