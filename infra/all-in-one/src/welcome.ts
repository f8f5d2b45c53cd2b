import { readableDuration, type Painter } from '@souk/launcher/steps';
import type { Served } from '@souk/deployment/start';

interface Row {
  readonly plain: string;
  readonly painted: string;
}

/** Formats the box that the terminal shows when Souk serves: addresses and logins. */
export function welcome({ url, addresses, logins, corsOrigins }: Served, startMs: number, paint: Painter): string {
  const labelWidth = Math.max(
    ...addresses.map(({ label }) => label.length),
    ...logins.map(({ tenant }) => tenant.length),
  );
  const widthOf = (column: 'email' | 'host' | 'name') => Math.max(0, ...logins.map((login) => login[column].length));
  const [nameWidth, hostWidth, emailWidth] = [widthOf('name'), widthOf('host'), widthOf('email')];
  // The demo data has several logins per shop. The box shows each shop once.
  const shops = [...new Map(logins.map((login) => [login.tenant, login])).values()];
  const row = (label: string, value: string, colour: (text: string) => string): Row => ({
    plain: `${label.padEnd(labelWidth)}  ${value}`,
    painted: `${paint.dim(label.padEnd(labelWidth))}  ${colour(value)}`,
  });
  const heading = (text: string): Row => ({ plain: text, painted: paint.bold(text) });
  const empty: Row = { plain: '', painted: '' };
  return box([
    heading(`Souk serves on ${url} (started in ${readableDuration(startMs)})`),
    empty,
    ...addresses.map(({ label, path }) => row(label, `${url}${path}`, paint.cyan)),
    ...(logins.length > 0 ? [empty, heading('Demo shops, as X-Tenant-ID or by host')] : []),
    ...shops.map(({ tenant, name, host }) =>
      row(tenant, `${name.padEnd(nameWidth)}  ${host.padEnd(hostWidth)}`, paint.bold),
    ),
    ...(logins.length > 0 ? [empty, heading('Demo logins')] : []),
    ...logins.map(({ tenant, email, password }) => row(tenant, `${email.padEnd(emailWidth)}  ${password}`, paint.bold)),
    empty,
    row('CORS', originsLine(corsOrigins), paint.cyan),
  ]);
}

/** Names the origins whose pages may call Souk, and the setting that allows other origins. */
function originsLine(origins: readonly string[]): string {
  if (origins.length === 0) return 'pages of no other origin; allow some with SOUK_CORS_ORIGINS';
  const named = origins.map((origin) => (origin === 'loopback' ? 'localhost on any port' : origin));
  return `pages of ${named.join(', ')}; allow others with SOUK_CORS_ORIGINS`;
}

function box(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ plain }) => plain.length));
  const line = '─'.repeat(width + 2);
  const lines = rows.map(({ plain, painted }) => `│ ${painted}${' '.repeat(width - plain.length)} │`);
  return [`╭${line}╮`, ...lines, `╰${line}╯`].join('\n');
}
