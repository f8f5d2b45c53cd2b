import type { FastifyInstance } from 'fastify';

/** An address to be found on the first page. */
export interface HomePageLink {
  readonly href: string;
  readonly label: string;
}

/** `/`: where everything is. */
export function addHomePage(app: FastifyInstance, links: readonly HomePageLink[]): void {
  const page = homePage(links);
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
}

function homePage(links: readonly HomePageLink[]): string {
  const items = links.map(({ href, label }) => `<li><a href="${escapeHtml(href)}">${escapeHtml(label)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Souk</title>
<h1>Souk</h1>
<p>A multi-tenant commerce platform that you call as one GraphQL graph, at <code>POST /graphql</code>.
Subscriptions run over a WebSocket at the same address (<code>graphql-transport-ws</code>).</p>
<ul>
${items.join('\n')}
</ul>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
}
