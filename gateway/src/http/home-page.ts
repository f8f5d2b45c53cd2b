import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { escapeHtml } from './escape-html.ts';
import type { Origins } from './origins.ts';
import { PAGE_HEADERS, SECURITY_HEADERS } from './security-headers.ts';

/** A link on the home page, with the text that is shown below it. */
export interface HomePageLink {
  readonly href: string;
  readonly label: string;
  /** A short text about the linked page. */
  readonly description: string;
}

/** The name and description on the home page. */
export interface HomePageIntroduction {
  readonly title: string;
  /** One sentence about the gateway. */
  readonly about: string;
}

/** The introduction that is used when the options of the gateway have no introduction. */
const INTRODUCTION: HomePageIntroduction = {
  title: 'GraphQL gateway',
  about: 'A federated graph.',
};

/** Serves `/`: a page with the name and the links of this server, and its icon. */
export function addHomePage(
  app: FastifyInstance,
  links: readonly HomePageLink[],
  introduction: HomePageIntroduction = INTRODUCTION,
  corsOrigins: Origins = [],
): void {
  const page = homePage(links, introduction, corsOrigins);
  const style = `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
  const policy = `${SECURITY_HEADERS['content-security-policy']}; ${style}; img-src 'self'`;
  app.get('/', async (_request, reply) =>
    reply
      .headers({ ...PAGE_HEADERS, 'content-security-policy': policy })
      .type('text/html; charset=utf-8')
      .send(page),
  );
  // Browsers request `/favicon.ico` for every page.
  app.get('/favicon.ico', async (_request, reply) =>
    reply.header('cache-control', 'max-age=86400').type('image/svg+xml').send(ICON),
  );
}

/** The icon: an awning over a market stall. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<path d="M4 5h24l3 9a4 4 0 0 1-8 0 4 4 0 0 1-7 0 4 4 0 0 1-7 0 4 4 0 0 1-8 0z" fill="#b5502b"/>
<path d="M5 20h22v8H5z" fill="#1f4e5f"/>
</svg>
`;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 42rem; margin: 12vh auto; padding: 0 1.5rem; }
h1 { margin: 0; font-size: 2.5rem; letter-spacing: -0.03em; color: #b5502b; }
p { margin: 0.5rem 0 2rem; }
dt { margin-top: 1rem; font-weight: 600; }
dd { margin: 0; opacity: 0.75; }
a { color: inherit; text-decoration-color: #b5502b; text-underline-offset: 0.2em; }
code { white-space: nowrap; font: 0.9em ui-monospace, monospace; }
`;

function homePage(
  links: readonly HomePageLink[],
  { title, about }: HomePageIntroduction,
  corsOrigins: Origins,
): string {
  const items = links.map(
    ({ href, label, description }) =>
      `<dt><a href="${escapeHtml(href)}">${escapeHtml(label)}</a></dt><dd>${escapeHtml(description)}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(about)} GraphQL is at <code>POST /graphql</code>.
Subscriptions run over a WebSocket at the same address (<code>graphql-transport-ws</code>).</p>
<p>${escapeHtml(originsSentence(corsOrigins))}</p>
<dl>
${items.join('\n')}
</dl>
</html>
`;
}

/** A sentence that lists the allowed origins, for a front-end developer with a CORS error. */
function originsSentence(origins: Origins): string {
  if (origins.includes('*')) return 'Pages of every origin may call (CORS).';
  const others = origins.filter((origin) => origin !== 'loopback').join(', ');
  const named = others === '' ? '' : ` Pages of ${others} may call.`;
  if (origins.includes('loopback')) return `Pages on this machine may call, on any port (CORS).${named}`;
  return `${named || 'Pages of no other origin may call.'} SOUK_CORS_ORIGINS names those that may (CORS).`.trim();
}
