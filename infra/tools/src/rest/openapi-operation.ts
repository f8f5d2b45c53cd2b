import { withDescription, type JsonSchema } from './json-schemas.ts';
import { successResponse } from './openapi-answer.ts';
import { headerRefs, PROBLEMS, strict } from './openapi-components.ts';
import { parametersOf } from './openapi-parameters.ts';
import { oneLine, type OpenapiDependencies } from './openapi-dependencies.ts';
import type { RouteModel } from './route-model.ts';

/** Describes a route as an OpenAPI operation. */
export function openapiOperation(route: RouteModel, dependencies: OpenapiDependencies): JsonSchema {
  const { source, status } = route;
  const [summary = source.name, ...more] = (source.description ?? '').split('\n\n');
  const body = requestBody(route, dependencies);
  return {
    operationId: lowerFirst(source.name),
    tags: [tagOf(route)],
    summary: oneLine(summary).replace(/\.$/, ''),
    description: `${oneLine([summary, ...more].join(' '))} Runs the operation \`${source.name}\`.`,
    security: securityOf(route),
    parameters: parametersOf(route, dependencies),
    ...(body && { requestBody: body }),
    responses: {
      [status]: successResponse(route, dependencies),
      ...(route.method === 'GET' && route.answer.bytes === undefined && { 304: NOT_MODIFIED }),
      ...Object.fromEntries(problemStatuses(route).map((each) => [each, problemRef(each)])),
    },
  };
}

/** The OpenAPI tag of a route: the folder of its operation file. */
function tagOf({ source }: RouteModel): string {
  return source.file.split('/')[0] ?? '';
}

const NOT_MODIFIED = { description: 'The client has the present version already.', headers: headerRefs('ETag') };

function problemRef(status: number): JsonSchema {
  return { $ref: `#/components/responses/${PROBLEMS[status]?.name}` };
}

const ALWAYS = [400, 401, 403, 404, 406, 429, 500, 503];

function problemStatuses({ method, parameters, body }: RouteModel): readonly number[] {
  return [
    ...ALWAYS,
    ...(method === 'GET' ? [] : [409]),
    ...(parameters.some(({ kind }) => kind === 'version') ? [412] : []),
    ...(body ? [413, 415] : []),
  ].toSorted((one, other) => one - other);
}

function securityOf({ requires }: RouteModel): readonly JsonSchema[] {
  return requires ? [{ accessToken: [] }] : [{ shop: [] }, { accessToken: [] }];
}

function requestBody(
  { body, bodyFields, source }: RouteModel,
  { schemas, examples }: OpenapiDependencies,
): JsonSchema | null {
  if (!body) return null;
  if (body.raw) return rawBody(source.name, bodyFields, examples);
  const fields = [...bodyFields];
  const schema = schemas.named(`${source.name}Body`, () =>
    strict(
      Object.fromEntries(
        fields.map(([name, slot]) => [name, withDescription(schemas.ofInput(slot.type), slot.description)]),
      ),
      fields.filter(([, { required }]) => required).map(([name]) => name),
    ),
  );
  const example = fields
    .filter(([name]) => name !== 'expectedVersion')
    .flatMap(([name, slot]) => {
      const value = examples.ofInput(slot);
      return value === null ? [] : [[name, value]];
    });
  return {
    required: body.required,
    content: { 'application/json': { schema, example: Object.fromEntries(example) } },
  };
}

/** A body that is passed on as text, whatever its media type. The example in rest.yaml is JSON. */
function rawBody(
  operation: string,
  fields: RouteModel['bodyFields'],
  examples: OpenapiDependencies['examples'],
): JsonSchema {
  const [example] = [...fields].map(([variable, slot]) => {
    const text = examples.ofInput({ ...slot, coordinate: `${operation}.${variable}` });
    return JSON.parse(String(text)) as unknown;
  });
  return {
    required: true,
    description: 'The notification as its sender signed it, unchanged.',
    content: { 'application/json': { schema: { type: 'object', additionalProperties: true }, example } },
  };
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
