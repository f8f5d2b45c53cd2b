import { documentPage } from './document-page.ts';
import { html, marked } from './reference-html.ts';
import { problemAnchor, PROBLEM_CODES, PROBLEMS_PATH } from '../http/problem-codes.ts';
import type { RestTable } from './rest-table.ts';

/** The part of the route table that contains the codes of user errors. */
export type RefusalTable = Pick<RestTable, 'refusals' | 'refusalTexts'>;

/**
 * A page that documents every error code. A problem's `type` links to this page.
 * @param table the codes of user errors
 */
export function problemsPage(table: RefusalTable): string {
  const rows = sortedCodes(table).map(
    ([code, { status, text }]) =>
      html`<tr id="${problemAnchor(code)}">
        <td>${status}</td>
        <td><code>${code}</code></td>
        <td>${marked(text)}</td>
      </tr>`,
  );
  return documentPage(
    PROBLEMS_PATH,
    'Problems',
    html`<h1>Problems</h1>
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
      </table>`,
  );
}

function sortedCodes({ refusals, refusalTexts }: RefusalTable) {
  const ofOperations = Object.entries(refusals).map(
    ([code, status]) => [code, { status, text: refusalTexts[code] ?? '' }] as const,
  );
  return [...Object.entries(PROBLEM_CODES), ...ofOperations].toSorted(([one, a], [other, b]) =>
    a.status === b.status ? (one < other ? -1 : 1) : a.status - b.status,
  );
}
