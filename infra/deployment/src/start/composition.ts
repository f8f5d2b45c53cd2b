import type { StartFailure } from '@souk/launcher/start-failure';
import type { Steps } from '@souk/launcher/steps';
import type { Environment } from '../one-process/environment.ts';

/** Reports the progress of a start. `step` throws StartInterrupted after Ctrl-C. */
export type StartReport = Pick<Steps, 'step' | 'say'>;

/** A page or an endpoint of the running server. */
export interface ServedAddress {
  /** The name of the page or endpoint in the terminal: `GraphQL`, `Playground`. */
  readonly label: string;
  /** The path from the root, such as `/graphql`. */
  readonly path: string;
}

/** A login of the demo data that the terminal prints. */
export interface DemoLogin {
  /** The slug of the shop, as a value for `X-Tenant-ID`. */
  readonly tenant: string;
  readonly name: string;
  readonly host: string;
  readonly email: string;
  readonly password: string;
}

/** The URL, pages and logins that the terminal prints when the server is ready. */
export interface Served {
  /** The URL without a trailing slash: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly addresses: readonly ServedAddress[];
  /** The logins of the demo data. Empty without demo data. */
  readonly logins: readonly DemoLogin[];
  /** Origins whose pages may call Souk. `loopback` means the origins of this machine. */
  readonly corsOrigins: readonly string[];
}

/** The parts of Souk, opened and connected to each other. They do not serve yet. */
export interface Composition {
  /** Starts to serve. Resolves when `/health/ready` returns 200. */
  listen(): Promise<Served>;
  /** Resolves when the embedded Postgres has ended unexpectedly. The caller must then close the composition. */
  readonly failure: Promise<StartFailure>;
  /** Finishes running requests within seconds and closes all parts. Postgres is closed last. */
  close(): Promise<void>;
}

/** Opens all parts and connects them to each other. On an error everything is closed again before the error is thrown. */
export type Compose = (environment: Environment, report: StartReport) => Promise<Composition>;
