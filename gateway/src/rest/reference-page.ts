import { parseOpenapi, type OpenapiView, type OperationView } from './openapi-view.ts';
import { Html, html, marked, prose } from './reference-html.ts';
import { problemAnchor, PROBLEM_CODES } from './problem-codes.ts';
import { operationSection, propertyTable } from './reference-operation.ts';
import { REFERENCE_STYLE } from './reference-style.ts';
import type { RestTable } from './rest-table.ts';

/** A route of the document. */
export interface ShownRoute {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationView;
}

/** What the reference reads of the table of routes. */
export type RefusalTable = Pick<RestTable, 'refusals' | 'refusalTexts'>;

/**
 * The API reference as one page: it needs no script, so that it is there offline, in a text browser and in print.
 * @param openapi an OpenAPI document.
 * @param table the codes of user errors; a problem's `type` leads to its code here.
 * @throws ZodError for a document that it cannot show.
 */
export function referencePage(openapi: unknown, table: RefusalTable): string {
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
      <link rel="icon" href="/favicon.ico" />
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
        ${problemSection(table)} ${typeSection(document)}
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

function problemSection({ refusals, refusalTexts }: RefusalTable): Html {
  const ofOperations = Object.entries(refusals).map(([code, status]) => {
    return [code, { status, text: refusalTexts[code] ?? '' }] as const;
  });
  const rows = [...Object.entries(PROBLEM_CODES), ...ofOperations]
    .toSorted(([one, { status }], [other, { status: otherStatus }]) =>
      status === otherStatus ? (one < other ? -1 : 1) : status - otherStatus,
    )
    .map(
      ([code, { status, text }]) =>
        html`<tr id="${problemAnchor(code)}">
          <td>${status}</td>
          <td><code>${code}</code></td>
          <td>${marked(text)}</td>
        </tr>`,
    );
  return html`<h2 id="problems">problems</h2>
    <p>
      The codes in <code>errors[]</code>, and the HTTP status of a problem whose first one it is. A problem's
      <code>type</code> leads here. <code>NOT_FOUND</code> of something that the body names is a 400.
    </p>
    <table>
      <thead>
        <tr>
          <th>status</th>
          <th>code</th>
          <th>meaning</th>
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
