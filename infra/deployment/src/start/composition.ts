import type { StartFailure } from '@souk/launcher/start-failure';
import type { Steps } from '@souk/launcher/steps';
import type { Environment } from '../one-process/environment.ts';

/** Reports the progress of a start. `step` throws StartInterrupted after Ctrl-C. */
export type StartReport = Pick<Steps, 'step' | 'say'>;

/** A page or an endpoint that the running server answers. */
export interface ServedAddress {
  /** Purpose: `GraphQL`, `Playground`. */
  readonly label: string;
  /** Path from the root: `/graphql`. */
  readonly path: string;
}

/** A login of the demo data. */
export interface DemoLogin {
  /** The slug of the shop, for `X-Tenant-ID`. */
  readonly tenant: string;
  readonly name: string;
  /** A host name of the shop. */
  readonly host: string;
  readonly email: string;
  readonly password: string;
}

/** The addresses and logins of a running server. */
export interface Served {
  /** Without a trailing slash: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Only addresses that are served. */
  readonly addresses: readonly ServedAddress[];
  /** Empty without demo data. */
  readonly logins: readonly DemoLogin[];
  /** Origins whose pages may call; `loopback` for the origins of this machine. */
  readonly corsOrigins: readonly string[];
}

/** The parts of Souk, opened and wired, before it serves. */
export interface Composition {
  /** Starts to serve. Resolves when `/health/ready` answers 200. */
  listen(): Promise<Served>;
  /** Resolves when Souk cannot continue because its Postgres has ended. Then close the composition. */
  readonly failure: Promise<StartFailure>;
  /** Finishes running work within seconds and closes everything, Postgres last. */
  close(): Promise<void>;
}

/** Opens and wires everything. Closes everything again before it throws. */
export type Compose = (environment: Environment, report: StartReport) => Promise<Composition>;
