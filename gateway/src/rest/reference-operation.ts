import type { OpenapiView, OperationView, ParameterView, SchemaView } from './openapi-view.ts';
import { html, marked, NOTHING, prose, type Html } from './reference-html.ts';
import type { ShownRoute } from './reference-page.ts';

const JSON_TYPE = 'application/json';

/** All that there is to know of one route. */
export function operationSection(document: OpenapiView, route: ShownRoute): Html {
  const { method, path, operation } = route;
  const base = document.servers[0]?.url ?? '';
  return html`<section id="${operation.operationId}">
    <h3>${operation.summary}</h3>
    <p class="route">
      <b class="${method.toLowerCase()}">${method}</b> <code>${base}${path}</code>${accessNote(operation)}
    </p>
    ${prose(operation.description)} ${parameterTable(document, operation)} ${bodyPart(document, operation)}
    <details>
      <summary>Try it</summary>
      <pre><code>${curl(base, route, parametersOf(document, operation))}</code></pre>
    </details>
    ${answers(document, operation)}
  </section>`;
}

/** A route that names one scheme alone is for those who are logged in. */
function accessNote({ security }: OperationView): Html {
  return security.length === 1 ? html` <em>needs a login</em>` : NOTHING;
}

function parametersOf(document: OpenapiView, { parameters }: OperationView): readonly ParameterView[] {
  return parameters.flatMap((each) => {
    if (!('$ref' in each)) return [each];
    const found = document.components.parameters[each.$ref.split('/').at(-1) ?? ''];
    return found ? [found] : [];
  });
}

function parameterTable(document: OpenapiView, operation: OperationView): Html {
  const rows = parametersOf(document, operation).map(
    ({ name, in: place, required, description = '', schema, content }) => {
      const type = typeText(document, schema ?? content?.[JSON_TYPE]?.schema ?? {});
      return html`<tr>
        <td><code>${name}</code>${required ? html` <em>required</em>` : NOTHING}</td>
        <td>${place}</td>
        <td>${type}</td>
        <td>${marked(description)}</td>
      </tr>`;
    },
  );
  return html`<table>
    <thead>
      <tr>
        <th>parameter</th>
        <th>in</th>
        <th>type</th>
        <th></th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function bodyPart(document: OpenapiView, { requestBody }: OperationView): Html {
  const body = requestBody?.content[JSON_TYPE];
  if (!body) return NOTHING;
  return html`<h4>Body</h4>
    ${propertyTable(document, body.schema)}
    <pre><code>${JSON.stringify(body.example, null, 2)}</code></pre>`;
}

/** The fields of an object. */
export function propertyTable(document: OpenapiView, schema: SchemaView): Html {
  const { properties = {}, required = [] } = resolved(document, schema);
  const rows = Object.entries(properties).map(([name, each]) => {
    const text = each.description ?? resolved(document, each).description ?? '';
    return html`<tr>
      <td><code>${name}</code>${required.includes(name) ? html` <em>required</em>` : NOTHING}</td>
      <td>${typeLink(document, each)}</td>
      <td>${marked(text)}</td>
    </tr>`;
  });
  return html`<table>
    <thead>
      <tr>
        <th>field</th>
        <th>type</th>
        <th></th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function answers(document: OpenapiView, { responses }: OperationView): Html {
  const statuses = Object.keys(responses).filter((status) => !status.startsWith('2'));
  const success = Object.entries(responses).find(([status]) => status.startsWith('2'));
  if (!success) return NOTHING;
  const [status, answer] = success;
  const content = '$ref' in answer ? undefined : answer.content?.[JSON_TYPE];
  const data = content && resolved(document, content.schema).properties?.['data'];
  const shown = content
    ? html`<details>
        <summary>${status}</summary>
        ${data ? propertyTable(document, itemOf(document, data)) : NOTHING}
        <pre><code>${JSON.stringify(content.example, null, 2)}</code></pre>
      </details>`
    : html`<p>${status}, without a body</p>`;
  return html`<h4>Answer</h4>
    ${shown}
    <p class="statuses">Also: ${statuses.join(', ')}</p>`;
}

function itemOf(document: OpenapiView, schema: SchemaView): SchemaView {
  const { items } = resolved(document, schema);
  return items ?? schema;
}

function resolved({ components }: OpenapiView, schema: SchemaView): SchemaView {
  const name = schema.$ref?.split('/').at(-1);
  return (name === undefined ? undefined : components.schemas[name]) ?? schema;
}

/** A type that is explained elsewhere on the page leads there. */
function typeLink(document: OpenapiView, schema: SchemaView): Html {
  const text = typeText(document, schema);
  const target = [schema, schema.items, ...(schema.anyOf ?? [])].find(
    (each) => each?.$ref !== undefined && resolved(document, each).properties !== undefined,
  );
  const name = target?.$ref?.split('/').at(-1);
  return name === undefined ? html`${text}` : html`<a href="#type-${name}">${text}</a>`;
}

/** `string`, `list of Link`, `CONFIRMED | CANCELED`. */
function typeText(document: OpenapiView, schema: SchemaView): string {
  const { $ref, anyOf, items, type } = schema;
  if (anyOf) return anyOf.map((each) => typeText(document, each)).join(' or ');
  if ($ref !== undefined) {
    const target = resolved(document, schema);
    return target.enum ? target.enum.join(' | ') : ($ref.split('/').at(-1) ?? '');
  }
  if (items) return `list of ${typeText(document, items)}`;
  if (schema.enum) return schema.enum.join(' | ');
  const base = schema.format ?? (typeof type === 'string' ? type : (type?.join(' or ') ?? 'any'));
  return schema.default === undefined ? base : `${base}, default ${JSON.stringify(schema.default)}`;
}

/** A command that runs the route's example. */
function curl(base: string, { method, path, operation }: ShownRoute, parameters: readonly ParameterView[]): string {
  const shown = parameters.filter(({ example }) => example !== undefined && example !== null);
  const address = shown
    .filter((each) => each.in === 'path')
    .reduce((text, { name, example }) => text.replace(`{${name}}`, encodeURIComponent(String(example))), path);
  const query = shown
    .filter((each) => each.in === 'query')
    .flatMap(({ name, example }) => [example].flat().map((value) => `${name}=${encodeURIComponent(String(value))}`));
  const headers = shown
    .filter((each) => each.in === 'header')
    .map(({ name, example }) => `-H '${name}: ${String(example)}'`);
  const body = operation.requestBody?.content[JSON_TYPE]?.example;
  return [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$SOUK${base}${address}${query.length > 0 ? `?${query.join('&')}` : ''}"`,
    ...(operation.security.length === 1 ? [`-H "Authorization: Bearer $ACCESS_TOKEN"`] : []),
    ...headers,
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(body).replaceAll("'", String.raw`'\''`)}'`]),
  ].join(' \\\n  ');
}
