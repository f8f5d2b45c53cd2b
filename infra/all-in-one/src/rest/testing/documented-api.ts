import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { OPENAPI_FILE } from '@souk/deployment/gateway';

/** A route of the committed OpenAPI document. */
export interface DocumentedRoute {
  readonly operationId: string;
  readonly method: string;
  /** Path with parameters in braces. */
  readonly path: string;
  readonly parameters: readonly DocumentedParameter[];
  /** Body of the documented example. Undefined when the example has no body. */
  readonly body: unknown;
  readonly status: number;
  readonly needsLogin: boolean;
}

interface DocumentedParameter {
  readonly name: string;
  readonly in: string;
  readonly example?: unknown;
  readonly schema?: { readonly maxLength?: number };
}

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters: readonly (DocumentedParameter & { readonly $ref?: string })[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example: unknown }>> };
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
}

/** The committed OpenAPI document, docs/openapi.json. */
export class DocumentedApi {
  readonly text = readFileSync(OPENAPI_FILE, 'utf8');
  readonly routes: readonly DocumentedRoute[];
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #operations = new Map<string, { readonly pointer: string; readonly operation: Operation }>();

  constructor() {
    const document: { paths: Record<string, Record<string, Operation>> } = JSON.parse(this.text);
    ajvFormats.default(this.#ajv);
    this.#ajv.addSchema(document, 'openapi');
    this.routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const pointer = `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`;
        this.#operations.set(operation.operationId, { pointer, operation });
        return routeOf(method.toUpperCase(), path, operation);
      }),
    );
  }

  route(operationId: string): DocumentedRoute {
    const route = this.routes.find((each) => each.operationId === operationId);
    if (!route) throw new Error(`docs/openapi.json has no operation "${operationId}".`);
    return route;
  }

  /** Lists the violations of the documented schema in a response. An undocumented status is a violation. */
  violations(operationId: string, status: number, contentType: string, body: unknown): readonly string[] {
    const { pointer, operation } = this.#operations.get(operationId) ?? {};
    const response = operation?.responses[status];
    if (!response || pointer === undefined) return [`${operationId} does not document ${status}`];
    if (body === null) return [];
    const place = response.$ref ?? `${pointer}/responses/${status}`;
    const type = (contentType.split(';')[0] ?? '').replaceAll('/', '~1');
    // JSON pointers in a URI fragment must percent-encode braces (RFC 6901, section 6).
    const reference = `openapi${place}/content/${type}/schema`.replaceAll('{', '%7B').replaceAll('}', '%7D');
    const validate = this.#ajv.compile({ $ref: reference });
    validate(body);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }
}

function routeOf(method: string, path: string, operation: Operation): DocumentedRoute {
  const status = Object.keys(operation.responses).find((each) => each.startsWith('2'));
  return {
    operationId: operation.operationId,
    method,
    path,
    parameters: operation.parameters.filter(({ $ref }) => $ref === undefined),
    body: operation.requestBody?.content['application/json']?.example,
    status: Number(status),
    needsLogin: operation.security.length === 1,
  };
}
