import { parseOpenapi, type OpenapiView, type OperationView } from './openapi-view.ts';
import { Html, html, NOTHING, prose } from './reference-html.ts';
import { operationSection, propertyTable } from './reference-operation.ts';
import { REFERENCE_STYLE } from './reference-style.ts';

/** A route of the document. */
export interface ShownRoute {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationView;
}

/**
 * The API reference as one page: it needs no script, so that it is there offline, in a text browser and in print.
 * @param openapi an OpenAPI document.
 * @param refusals the HTTP status of each code of a user error; a problem's `type` leads to its code here.
 * @throws ZodError for a document that it cannot show.
 */
export function referencePage(openapi: unknown, refusals: Readonly<Record<string, number>>): string {
  const document = parseOpenapi(openapi);
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const byTag = document.tags.map((tag) => ({
    ...tag,
    routes: routes.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>${document.info.title}</title>
      <link rel="icon" href="/favicon.svg" />
      ${styleElement()}
      <nav aria-label="Routes">
        <a class="home" href="/">Souk</a>
        ${byTag.map(({ name, routes: shown }) => navigation(name, shown))}
        <h2><a href="#problems">problems</a></h2>
      </nav>
      <main>
        <h1>${document.info.title} <small>${document.info.version}</small></h1>
        ${prose(document.info.description)}
        <p>For programs: <a href="${baseOf(document)}/openapi.json">openapi.json</a> (OpenAPI 3.1)</p>
        ${byTag.map(({ name, description, routes: shown }) => tagSection(document, name, description, shown))}
        ${problemSection(refusals)} ${typeSection(document)}
      </main>
    </html> `.text;
}

function baseOf({ servers }: OpenapiView): string {
  return servers[0]?.url ?? '';
}

/** As it is: its hash is in the page's content security policy. */
function styleElement(): Html {
  const open = html`<style>`;
  return new Html(`${open.text}${REFERENCE_STYLE}</style>`);
}

function navigation(tag: string, routes: readonly ShownRoute[]): Html {
  const items = routes.map(
    ({ method, path, operation }) =>
      html`<li>
        <a href="#${operation.operationId}" title="${operation.summary}"
          ><b class="${method.toLowerCase()}">${method}</b> ${path}</a
        >
      </li>`,
  );
  return html`<h2><a href="#tag-${tag}">${tag}</a></h2>
    <ul>
      ${items}
    </ul>`;
}

function tagSection(document: OpenapiView, name: string, description: string, routes: readonly ShownRoute[]): Html {
  const sections = routes.map((route) => operationSection(document, route));
  return html`<h2 id="tag-${name}">${name}</h2>
    <p>${description}</p>
    ${sections}`;
}

/** What a request can be refused with before an operation runs, or instead of it. */
const GENERAL: Readonly<Record<string, number>> = {
  INVALID_PARAMETER: 400,
  INVALID_VALUE: 400,
  MISSING_FIELD: 400,
  UNKNOWN_FIELD: 400,
  UNKNOWN_PARAMETER: 400,
  MISPLACED_FIELD: 400,
  PRECONDITION_NOT_SUPPORTED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
};

function problemSection(refusals: Readonly<Record<string, number>>): Html {
  const rows = Object.entries({ ...GENERAL, ...refusals })
    .toSorted(([, one], [, other]) => one - other)
    .map(
      ([code, status]) =>
        html`<tr id="problem-${code.toLowerCase().replaceAll('_', '-')}">
          <td>${status}</td>
          <td><code>${code}</code></td>
        </tr>`,
    );
  return rows.length === 0
    ? NOTHING
    : html`<h2 id="problems">problems</h2>
        <p>
          The codes in <code>errors[]</code>, and the HTTP status of a problem whose first one it is.
          <code>NOT_FOUND</code> of something that the body names is a 400, and <code>VERSION_CONFLICT</code> a 412
          where the version came as If-Match.
        </p>
        <table>
          <thead>
            <tr>
              <th>status</th>
              <th>code</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>`;
}

/** What parts of bodies and answers are made of. Whole bodies and answers are shown with their routes. */
function typeSection(document: OpenapiView): Html {
  const types = Object.entries(document.components.schemas).filter(
    ([name, { properties }]) => properties !== undefined && !/(Answer|Body)$/.test(name),
  );
  const sections = types.map(
    ([name, schema]) =>
      html`<section id="type-${name}">
        <h3>${name}</h3>
        ${prose(schema.description ?? '')}${propertyTable(document, schema)}
      </section>`,
  );
  return html`<h2 id="types">types</h2>
    ${sections}`;
}
