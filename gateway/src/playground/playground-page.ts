import { escapeHtml } from '../http/escape-html.ts';

/**
 * The bar above ruru (the GraphiQL page): the link back, the name and a notice.
 * @param notice a sentence, or null for none
 */
export function topBar(title: string, notice: string | null): string {
  const sentence = notice === null ? '' : `<p>${escapeHtml(notice)}</p>`;
  return `<header id="playground-bar"><a href="/">← ${escapeHtml(title)}</a>${sentence}</header>`;
}

/** The styles of the bar, and of ruru (the GraphiQL page) below it, without ruru's logo and footer. Narrow screens get one column. */
export const PLAYGROUND_STYLE = `
body { display: flex; flex-direction: column; height: 100vh; height: 100dvh; }
#playground-bar { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: baseline; padding: 0.5rem 0.75rem;
  font: 14px/1.4 system-ui, sans-serif; color: #fff; background: #1f4e5f; }
#playground-bar a { color: inherit; font-weight: 600; white-space: nowrap; }
#playground-bar p { margin: 0; }
#ruru-root { flex: 1; min-height: 0; height: auto; }
.ruru-footer, .graphiql-logo { display: none; }
@media (max-width: 45rem) {
  #graphiql-session { flex-direction: column; overflow-y: auto; }
  #graphiql-session > .graphiql-horizontal-drag-bar { display: none; }
  #graphiql-session > .graphiql-editors, #graphiql-session > .graphiql-response { flex: 1 0 50% !important; min-height: 18rem; }
}
`;
