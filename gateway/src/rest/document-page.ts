import { createHash } from 'node:crypto';
import { SECURITY_HEADERS } from '../http/security-headers.ts';
import { PROBLEMS_PATH } from '../http/problem-codes.ts';
import { html, Html } from './reference-html.ts';
import { DOCUMENT_STYLE } from './reference-style.ts';

/** The content security policy of pages without scripts. It allows the style element of `documentPage`. */
export const DOCUMENT_POLICY = `${SECURITY_HEADERS['content-security-policy']}; style-src 'sha256-${createHash('sha256').update(DOCUMENT_STYLE).digest('base64')}'; img-src 'self'`;

/** The path of the guide, to which the other pages of the documentation link. */
export const GUIDE_PATH = '/docs/guide';

const PAGES = [
  { href: '/', label: '← Home' },
  { href: GUIDE_PATH, label: 'Guide' },
  { href: '/docs', label: 'REST API' },
  { href: PROBLEMS_PATH, label: 'Problems' },
];

/**
 * Links between the pages of the documentation.
 * @param here the path of the page that shows the links
 */
export function documentBar(here: string): Html {
  const links = PAGES.map(({ href, label }) =>
    href === here ? html`<b aria-current="page">${label}</b>` : html`<a href="${href}">${label}</a>`,
  );
  return html`<nav id="bar" aria-label="Documentation">${links}</nav>`;
}

/** A complete HTML page of the documentation, without scripts. */
export function documentPage(here: string, title: string, main: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.ico" />
        ${new Html(`<style>${DOCUMENT_STYLE}</style>`)}
      </head>
      <body>
        ${documentBar(here)}
        <main>${main}</main>
      </body>
    </html> `.text;
}
