import type { StartFailure } from '@souk/launcher/start-failure';
import type { Steps } from '@souk/launcher/steps';
import type { Environment } from '../one-process/environment.ts';

/** How a start tells what it is doing. `step` throws StartInterrupted once Ctrl-C was pressed. */
export type StartReport = Pick<Steps, 'step' | 'say'>;

/** A page or an endpoint that the running server answers. */
export interface ServedAddress {
  /** What it is for: `GraphQL`, `Playground`. */
  readonly label: string;
  /** From the root: `/graphql`. */
  readonly path: string;
}

/** An account of the demo data that a person can log in with. */
export interface DemoLogin {
  /** The slug of the shop: `X-Tenant-ID` takes it. */
  readonly tenant: string;
  readonly name: string;
  /** A host name that leads to the shop. */
  readonly host: string;
  readonly email: string;
  readonly password: string;
}

/** What is served, once it is. */
export interface Served {
  /** Without a slash at the end: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Only addresses that answer. */
  readonly addresses: readonly ServedAddress[];
  /** Empty where no demo data was loaded. */
  readonly logins: readonly DemoLogin[];
  /** Origins whose pages may call; `loopback` for those of this machine. */
  readonly corsOrigins: readonly string[];
}

/** The parts of Souk, opened and wired, not yet serving. */
export interface Composition {
  /** Serves; resolves when `/health/ready` answers 200. */
  listen(): Promise<Served>;
  /** Resolves if it cannot go on: its Postgres is gone. Then close it. */
  readonly failure: Promise<StartFailure>;
  /** Finishes what is under way, within seconds, and closes everything that was opened, Postgres last. */
  close(): Promise<void>;
}

/** Opens and wires everything. Where it throws, it has closed what it had opened. */
export type Compose = (environment: Environment, report: StartReport) => Promise<Composition>;
