import type { Clock } from '@souk/kit/domain';
import type { Tracer } from '@souk/kit/tracing';
import type { FastifyBaseLogger } from 'fastify';
import type { ResponseStore } from './caching/response-store.ts';
import type { OverrideShares } from '@souk/engine/supergraph';
import type { SubgraphErrors, TransportChoice } from '@souk/engine/subgraphs';
import type { ReadinessPart } from './http/health.ts';
import type { HomePageIntroduction, HomePageLink } from './http/home-page.ts';
import type { HttpOptions } from './http/http-options.ts';
import type { MediaOptions } from './http/media.ts';
import type { WebApp } from './http/web-apps.ts';
import type { Revocations } from './identity/revocations.ts';
import type { ChannelDirectory } from './identity/channel-directory.ts';
import type { TenantDirectory } from './identity/tenant-directory.ts';
import type { IdentityProvider } from './identity/token-verifier.ts';
import type { CostOptions } from './limits/cost-guard.ts';
import { DEFAULT_OPERATION_LIMITS, type OperationLimits } from '@souk/engine/operation';
import type { RateOptions } from './limits/rates/rate-options.ts';
import type { PersistedOptions } from './persisted/persisted-options.ts';
import type { RestOptions } from './rest/rest-options.ts';
import type { ObservedOperation } from './operations/observation-guard.ts';
import type { QueryPlanAudience } from './operations/query-plan-guard.ts';
import type { EngineName } from './shadow/reference.ts';
import type { ShadowOptions } from './shadow/shadow-runs.ts';
import type { PlaygroundChoice } from './playground/playground.ts';
import type { ConnectionLimits } from './subscriptions/client-connections.ts';

/** Limits of one client's operations and connections. */
export interface GatewayLimits extends OperationLimits, ConnectionLimits {
  /** The maximum size of an HTTP body, and of a socket's message. */
  readonly bodyBytes: number;
}

/** The limits of a gateway that does not configure limits. */
export const DEFAULT_LIMITS: GatewayLimits = {
  ...DEFAULT_OPERATION_LIMITS,
  bodyBytes: 1024 * 1024,
  operationsPerSocket: 100,
  waitingAnswers: 256,
  waitingBytes: 1024 * 1024,
  connectionInitMs: 3000,
  keepAliveMs: 12_000,
};

/**
 * Options of a gateway. The gateway does not contain subgraphs, an identity provider or tenants. The caller passes them
 * as options.
 */
export interface GatewayOptions {
  /** The SDL of the composed supergraph. `composeSupergraph` returns it. */
  readonly supergraph: string;
  /** The transports of the subgraphs: a map by subgraph name, or a function that returns a transport for every name. */
  readonly subgraphs: TransportChoice;
  /** Verifies callers. With null, `tenants` must be null too, and the subgraphs identify the caller from `forwardHeaders`. */
  readonly identity: IdentityProvider | null;
  readonly tenants: TenantDirectory | null;
  /**
   * Finds the sales channel of a request. Used only with `tenants`.
   * @default requests belong to no channel
   */
  readonly channels?: ChannelDirectory | null;
  /**
   * The names of the clients' headers that every subgraph gets. Letter case does not matter. Allowed only without
   * `identity`.
   * @default none
   */
  readonly forwardHeaders?: readonly string[];
  /**
   * Revoked access tokens. The gateway refuses these tokens, and ends the sockets and streams that use them.
   * @default no token is revoked before it expires
   */
  readonly revocations?: Revocations;
  /** A pino logger. The gateway logs unexpected failures with their request id. */
  readonly logger: FastifyBaseLogger;
  /**
   * Records spans of operations and their fetches. Without a tracer the gateway still forwards the clients' trace headers to subgraphs.
   * @default no spans
   */
  readonly tracer?: Tracer;
  /**
   * Whether clients may read the schema.
   * @default true, because the playground needs the schema
   */
  readonly introspection?: boolean;
  /** @default for each missing limit, its value in `DEFAULT_LIMITS` */
  readonly limits?: Partial<GatewayLimits>;
  /** @default for each missing option, its value in `DEFAULT_HTTP` */
  readonly http?: Partial<HttpOptions>;
  /**
   * The limits of an operation's cost. With null the cost is unlimited.
   * @default for each missing option, its value in `DEFAULT_COST`
   */
  readonly cost?: Partial<CostOptions> | null;
  /**
   * Rate limits. With null requests are not limited.
   * @default null
   */
  readonly rates?: RateOptions | null;
  /**
   * The percentage of requests, 0 to 100, for which a label of `@override(from:, label:)` is in effect.
   * @default the percentage in labels such as `percent(5)`, and 0 for other labels
   */
  readonly overrides?: OverrideShares;
  /**
   * Persisted operations.
   * @default any operation text is accepted, and no operation is known at the start
   */
  readonly operations?: PersistedOptions;
  /**
   * The REST facade. The manifest in `operations` must contain the facade's operations.
   * @default none
   */
  readonly rest?: RestOptions | null;
  /**
   * The callers who may see the query plans of operations.
   * @default SIGNED_IN
   */
  readonly queryPlans?: QueryPlanAudience;
  /**
   * The engine that answers queries and mutations: Souk's own, or Apollo's gateway.
   * @default own
   */
  readonly engine?: EngineName;
  /**
   * Runs a share of the queries a second time with the other engine, and compares the answers.
   * @default none
   */
  readonly shadow?: ShadowOptions | null;
  /** @default no playground */
  readonly playground?: PlaygroundChoice | null;
  /** @default no `/media` */
  readonly media?: MediaOptions | null;
  /** @default no web app */
  readonly webApps?: readonly WebApp[];
  /**
   * Dependencies that must be ready before `/health/ready` answers 200.
   * @default none
   */
  readonly parts?: readonly ReadinessPart[];
  /**
   * Further links on the home page, besides the gateway's own.
   * @default none
   */
  readonly links?: readonly HomePageLink[];
  /**
   * Whether clients may read the messages of subgraphs' unexpected errors. The log always contains the messages.
   * @default masked
   */
  readonly subgraphErrors?: SubgraphErrors;
  /**
   * The name and description of this gateway on the home page.
   * @default a GraphQL gateway
   */
  readonly home?: HomePageIntroduction;
  /**
   * The cache of answers for callers without a token.
   * @default 64 MiB of memory
   */
  readonly responseStore?: ResponseStore;
  /**
   * Called after every query and mutation that ran, for metrics. Not called for cached answers.
   * @default no call
   */
  readonly onOperation?: (operation: ObservedOperation) => void;
  /**
   * The secret that encrypts the positions of subscriptions, 32 bytes or more. All gateways that a client may reach need the same secret.
   * @default random, so positions are valid until this process ends
   */
  readonly positionSecret?: Uint8Array;
  /**
   * The clock for the expiry of tokens.
   * @default the system's clock
   */
  readonly clock?: Clock;
}
