import {
  credsAuthenticator,
  ErrorCode,
  usernamePasswordAuthenticator,
  type Authenticator,
  type ConnectionOptions,
} from 'nats';

import { inboxPrefixOf } from './trust/nats-users.ts';

/** Where NATS is, and how to get in. */
export interface NatsServer {
  /** `nats://host:4222`, or `tls://host:4222`, which refuses to go on without TLS; several of one cluster with commas between them. */
  readonly url: string;
  /** Default: none, the server asks for none. */
  readonly login?: NatsLogin;
  /** Default: the certificate authorities that Node knows, and no certificate of our own. */
  readonly tls?: NatsTls;
}

/** A user and a password, or the file that `nsc` makes (a JWT and the seed of its key), which is read anew for every connection. */
export type NatsLogin =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'credentials'; readonly read: () => string };

/** PEM texts. */
export interface NatsTls {
  /** Who signed the certificate of the server. */
  readonly ca?: string;
  /** Of this client, where the server asks for one. */
  readonly cert?: string;
  readonly key?: string;
}

export interface NatsOptions extends NatsServer {
  /** Shown by the server's monitoring: the process, for instance `orders`. */
  readonly name: string;
  /** Told when the connection is lost and of what the server complains. */
  readonly onError: (error: Error) => void;
  /** Told when the connection is there again. Default: nobody. */
  readonly onReconnect?: () => void;
  /** Whether to wait for a server that is not there yet, for as long as it takes. Default: false, `openNats` throws. */
  readonly waitForServer?: boolean;
}

/** A server is there, and does not let us in, or is not the one that we want. `code` is Node's or the client's. */
export class NatsRefusedError extends Error {
  readonly code: string;

  constructor(cause: unknown) {
    super(`NATS: ${String(cause)} (${codeOf(cause)})`, { cause });
    this.name = 'NatsRefusedError';
    this.code = codeOf(cause);
  }
}

/** What the client is told. */
export function connectionOptions({ url, login, tls, name }: NatsOptions): ConnectionOptions {
  const urls = url.split(',').map((each) => new URL(each.trim()));
  const isTls = urls.some(({ protocol }) => protocol === 'tls:');
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || '4222'}`),
    ...(login && { authenticator: authenticatorOf(login) }),
    // A user may read the answers to its own requests alone.
    ...(login?.kind === 'password' && { inboxPrefix: inboxPrefixOf(login.user) }),
    ...((tls || isTls) && { tls: { ...tls } }),
    name,
    maxReconnectAttempts: -1,
    // A login that has expired is renewed some day; a connection that was given up for good would not come back.
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: 250,
    reconnectJitter: 250, // who lost a server together does not come back together
    reconnectJitterTLS: 500,
    // A server that is frozen or unplugged sends nothing, not even a FIN.
    pingInterval: 5000,
    maxPingOut: 2,
    timeout: 5000,
    noAsyncTraces: true, // a stack trace for each publish costs as much as the publish
  };
}

function authenticatorOf(login: NatsLogin): Authenticator {
  if (login.kind === 'password') return usernamePasswordAuthenticator(login.user, login.password);
  return credsAuthenticator(() => new TextEncoder().encode(login.read()));
}

/** Codes of Node for certificates that it does not believe. */
const CERTIFICATE_CODES = /^(ERR_(TLS|SSL|OSSL)_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
/** Codes of the client for logins and for servers without TLS. */
const REFUSAL_CODES: readonly string[] = [
  ErrorCode.AuthorizationViolation,
  ErrorCode.AuthenticationExpired,
  ErrorCode.AccountExpired,
  ErrorCode.BadAuthentication,
  ErrorCode.BadCreds,
  ErrorCode.ServerOptionNotAvailable,
  ErrorCode.Tls,
];

/** What another try would not make good, unlike a server that is not there yet. */
export function isRefusal(error: unknown): boolean {
  const code = codeOf(error);
  return CERTIFICATE_CODES.test(code) || REFUSAL_CODES.includes(code);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
