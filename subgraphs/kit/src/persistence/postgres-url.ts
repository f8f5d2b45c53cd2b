import { isIP } from 'node:net';

/**
 * The supported SSL modes. In the other modes of libpq a connection is not encrypted, or the server's identity is not verified. pg 8 treats
 * the other modes as verify-full, but pg 9 will not do so.
 */
const SSL_MODES = ['disable', 'verify-full'];
const SSL_FILES = ['sslrootcert', 'sslcert', 'sslkey'] as const;
const PARAMETERS = new Set(['sslmode', ...SSL_FILES, 'target_session_attrs']);

/**
 * The parts of a connection string with several hosts, separated by commas. A pattern is needed because a URL parser (RFC 3986) accepts one
 * host only.
 */
const PARTS = /^(postgres(?:ql)?:\/\/)(?:([^@/?]*)@)?([^/?@]+)((?:\/[^?]*)?(?:\?.*)?)$/;

/**
 * The connection string of each host: `postgres://a:5432,b:5432/souk` becomes a string with `a` and a string with `b`. A string of another
 * form is returned unchanged.
 */
export function hostUrls(url: string): readonly string[] {
  const [, scheme = '', login, hosts = '', rest = ''] = PARTS.exec(url) ?? [];
  if (scheme === '') return [url];
  const target = withoutParameter(rest, 'target_session_attrs'); // implied by `PostgresHosts`, and unknown to pg
  return hosts.split(',').map((host) => `${scheme}${login === undefined ? '' : `${login}@`}${host.trim()}${target}`);
}

/** The connection string for another role on the same server and database. @param password the password, not URL-encoded */
export function withLogin(url: string, role: string, password: string): string {
  return url.replace(PARTS, (_all, scheme: string, _login, hosts: string, rest: string) => {
    return `${scheme}${encodeURIComponent(role)}:${encodeURIComponent(password)}@${hosts}${rest}`;
  });
}

/** The role and the hosts of a connection string without its password, for messages. */
export function describePostgres(url: string): { readonly role: string; readonly place: string } {
  const [, , login = '', hosts = '', rest = ''] = PARTS.exec(url) ?? [];
  return { role: decodeURIComponent(login.split(':')[0] ?? ''), place: `${hosts}${rest.split('?')[0] ?? ''}` };
}

/** The files that a connection string names: certificates and keys. */
export function filesOf(url: string): readonly string[] {
  const parameters = parametersOf(url);
  return SSL_FILES.flatMap((name) => parameters.get(name) ?? []);
}

/** Whether a connection string contains a password. */
export function hasPassword(url: string): boolean {
  return PARTS.exec(url)?.[2]?.includes(':') ?? false;
}

/**
 * The problem of a connection string. Null for a valid string. The returned text continues a sentence that begins with
 * the name of the setting.
 * @param example a valid connection string
 */
export function postgresUrlProblem(url: string, example = 'postgres://host:5432/souk'): string | null {
  if (!hostUrls(url).every((each) => PARTS.test(each) && URL.canParse(each))) {
    return `must look like ${example}; several hosts of one database have commas between them`;
  }
  if (!isDecodable(url)) return 'must have "%" only in front of two hexadecimal digits: write %25 for a percent sign';
  const parameters = parametersOf(url);
  const unknown = [...parameters.keys()].find((name) => !PARAMETERS.has(name));
  if (unknown !== undefined) return `must not have the parameter ${unknown}: Souk takes ${[...PARAMETERS].join(', ')}`;
  const mode = parameters.get('sslmode');
  if (mode !== undefined && !SSL_MODES.includes(mode)) {
    return 'must have sslmode=verify-full (encrypted, and the certificate names the host) or sslmode=disable';
  }
  if (
    mode === 'verify-full' &&
    hostUrls(url).some((each) => isIP(new URL(each).hostname.replace(/^\[|\]$/g, '')) !== 0)
  ) {
    return 'must name its hosts as their certificates do, and not by IP addresses, which pg compares with none';
  }
  if (mode !== 'verify-full' && filesOf(url).length > 0) return 'must have sslmode=verify-full beside its certificates';
  const target = parameters.get('target_session_attrs') ?? 'read-write';
  return ['read-write', 'primary'].includes(target)
    ? null
    : 'must have target_session_attrs=read-write, or leave it out';
}

/**
 * Whether pg can decode the user, the password and the database. pg throws a URIError when two hexadecimal digits do not follow a percent
 * sign (RFC 3986, section 2.1).
 */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

function parametersOf(url: string): ReadonlyMap<string, string> {
  return new Map(new URLSearchParams(url.split('?')[1] ?? ''));
}

function withoutParameter(pathAndQuery: string, name: string): string {
  const [path = '', query] = pathAndQuery.split('?');
  if (query === undefined) return pathAndQuery;
  const others = query.split('&').filter((each) => !each.startsWith(`${name}=`));
  return others.length === 0 ? path : `${path}?${others.join('&')}`;
}
