import { Marked } from 'marked';
import { documentPage, GUIDE_PATH } from './document-page.ts';
import { html, Html, type HtmlValue } from './reference-html.ts';

/**
 * The guide as an HTML page. The REST form and the GraphQL form of a request are in two columns. The info string of a
 * code block, such as `sh rest` or `json graphql`, determines its column. `NAME=path` in the info string stores a value
 * of the answer for later commands.
 * @param markdown the operator's text. Its HTML is not escaped, so it must not come from users.
 */
export function guidePage(markdown: string): string {
  const marked = new Marked({ renderer: { code: ({ text, lang = '' }) => figure(text, lang).text } });
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? 'Guide';
  return documentPage(
    GUIDE_PATH,
    title,
    new Html(`<div class="steps">${marked.parse(markdown, { async: false })}</div>`),
  );
}

const NAMES: Readonly<Record<string, string>> = { rest: 'REST', graphql: 'GraphQL' };

function figure(text: string, info: string): Html {
  const [language = '', column = ''] = info.split(' ');
  const keeps = [...info.matchAll(/(\w+)=(\S+)/g)].map(
    ([, name = '', path = '']) => html`<p>Keep <code>${path}</code> as <code>${name}</code>.</p>`,
  );
  const caption: HtmlValue =
    column === ''
      ? ''
      : html`<figcaption>${NAMES[column] ?? column}${language === 'json' ? ', the answer' : ''}</figcaption>`;
  return html`<figure class="${column}">
    ${caption}
    <pre tabindex="0"><code>${text}</code></pre>
    ${keeps}
  </figure>`;
}
