import { documentBar } from './document-page.ts';
import { html, Html } from './reference-html.ts';
import { REFERENCE_STYLE } from './reference-style.ts';

/** Where the scripts of the page are. The first one needs the second. */
export const SCRIPTS = { settings: '/docs/settings.js', reference: '/docs/reference.js' } as const;

/** The API reference: a page that Scalar fills, with scripts of this server alone. */
export function referencePage(): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>REST API</title>
        <link rel="icon" href="/favicon.ico" />
        ${new Html(`<style>${REFERENCE_STYLE}</style>`)}
      </head>
      <body>
        ${documentBar('/docs')}
        <div id="reference"></div>
        <noscript><p>The reference needs scripts. Without them, read the OpenAPI document.</p></noscript>
        <script src="${SCRIPTS.reference}"></script>
        <script src="${SCRIPTS.settings}"></script>
      </body>
    </html> `.text;
}

/** A script that shows the document. Fonts, usage data, the assistant and the hosted client would all need other hosts. */
export function referenceSettings(openapiUrl: string): string {
  const settings = {
    url: openapiUrl,
    withDefaultFonts: false,
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    hideClientButton: true,
    showDeveloperTools: 'never',
    documentDownloadType: 'json',
    defaultOpenFirstTag: false,
    defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
    // Both at once: a guest fills in the shop, whoever is logged in the token.
    authentication: { preferredSecurityScheme: [['shop', 'accessToken']] },
    persistAuth: true,
  };
  return `Scalar.createApiReference('#reference', { ...${JSON.stringify(settings)}, onRequestBuilt: ${leaveOutEmptyCredentials.toString()} });\n`;
}

/** Runs in the browser: it may use nothing from around it. Scalar also sends the headers of credentials that were not filled in. */
function leaveOutEmptyCredentials({ request: { headers } }: { readonly request: Request }): void {
  if (headers.get('x-tenant-id')?.trim() === '') headers.delete('x-tenant-id');
  if (headers.get('authorization')?.trim() === 'Bearer') headers.delete('authorization');
}
