import {
  credsAuthenticator,
  ErrorCode,
  usernamePasswordAuthenticator,
  type Authenticator,
  type ConnectionOptions,
} from 'nats';

import { inboxPrefixOf } from './trust/nats-users.ts';

/** The address of NATS, the login and the TLS settings. */
export interface NatsServer {
  /** `nats://host:4222`, or `tls://host:4222`, which requires TLS. Commas separate the servers of a cluster. */
  readonly url: string;
  /** The login. @default none, for a server without authorization */
  readonly login?: NatsLogin;
  /** The TLS settings. @default Node's certificate authorities, and no client certificate */
  readonly tls?: NatsTls;
}

/**
 * A user with a password, or the path of a credentials file of `nsc` (a JWT and the seed of its key). The file is read again for every
 * connection.
 */
export type NatsLogin =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'credentials'; readonly read: () => string };

/** TLS settings as PEM texts. */
export interface NatsTls {
  /** The certificate of the authority that signed the server's certificate. */
  readonly ca?: string;
  /** The client's certificate, for a server that requires one. */
  readonly cert?: string;
  readonly key?: string;
}

export interface NatsOptions extends NatsServer {
  /** The client's name in the server's monitoring: the name of the process, for instance `orders`. */
  readonly name: string;
  /** Called when the connection is lost, and when the server reports an error. */
  readonly onError: (error: Error) => void;
  /** Called after the client has reconnected. @default no call */
  readonly onReconnect?: () => void;
  /** Whether to wait forever for a server that does not answer yet. @default false, so `openNats` throws */
  readonly waitForServer?: boolean;
}

/**
 * Thrown when the server refuses the login, or when its certificate is not trusted. `code` is the error code that Node or the NATS client
 * reported.
 */
export class NatsRefusedError extends Error {
  readonly code: string;

  constructor(cause: unknown) {
    super(
      `NATS refused the connection: ${String(cause)} (${codeOf(cause)}). Check the user, password and certificates`,
      { cause },
    );
    this.name = 'NatsRefusedError';
    this.code = codeOf(cause);
  }
}

/** The options of the NATS client. */
export function connectionOptions({ url, login, tls, name }: NatsOptions): ConnectionOptions {
  const urls = url.split(',').map((each) => new URL(each.trim()));
  const isTls = urls.some(({ protocol }) => protocol === 'tls:');
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || '4222'}`),
    ...(login && { authenticator: authenticatorOf(login) }),
    // Each user has its own inbox prefix, because the server lets a user read only replies to its own requests.
    ...(login?.kind === 'password' && { inboxPrefix: inboxPrefixOf(login.user) }),
    ...((tls || isTls) && { tls: { ...tls } }),
    name,
    maxReconnectAttempts: -1,
    // An expired login may be renewed later. By default the client stops reconnecting after an authorization error.
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: 250,
    reconnectJitter: 250, // clients that lost a server together reconnect apart
    reconnectJitterTLS: 500,
    // Pings detect a server that is frozen or unplugged, because such a server does not close the connection.
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

/** Node's error codes for certificates that are not trusted. */
const CERTIFICATE_CODES = /^(ERR_(TLS|SSL|OSSL)_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
/** The error codes with which the NATS client reports a refused login, and a server that does not support the required TLS. */
const REFUSAL_CODES: readonly string[] = [
  ErrorCode.AuthorizationViolation,
  ErrorCode.AuthenticationExpired,
  ErrorCode.AccountExpired,
  ErrorCode.BadAuthentication,
  ErrorCode.BadCreds,
  ErrorCode.ServerOptionNotAvailable,
  ErrorCode.Tls,
];

/**
 * Whether an error is permanent: a refused login or an untrusted certificate. A server that does not answer yet is not a permanent error.
 */
export function isRefusal(error: unknown): boolean {
  const code = codeOf(error);
  return CERTIFICATE_CODES.test(code) || REFUSAL_CODES.includes(code);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
