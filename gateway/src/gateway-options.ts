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
import type { Revocations } from './identity/revocations.ts';
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

/** How much one client may ask at once. */
export interface GatewayLimits extends OperationLimits, ConnectionLimits {
  /** Of an HTTP body, and of a socket's message. */
  readonly bodyBytes: number;
}

/** What a gateway that names no others has. */
export const DEFAULT_LIMITS: GatewayLimits = {
  ...DEFAULT_OPERATION_LIMITS,
  bodyBytes: 1024 * 1024,
  operationsPerSocket: 100,
  waitingAnswers: 256,
  waitingBytes: 1024 * 1024,
  connectionInitMs: 3000,
  keepAliveMs: 12_000,
};

/** What a gateway is made of. It knows no subgraph's code, no identity provider and no tenant: all are given. */
export interface GatewayOptions {
  /** The composed supergraph's SDL, as `composeSupergraph` gives it. */
  readonly supergraph: string;
  /** How to reach the subgraphs: those given by name, or whatever a supergraph names. */
  readonly subgraphs: TransportChoice;
  /** Null, with `tenants`: nobody is known here, and the subgraphs find out who calls by `forwardHeaders`. */
  readonly identity: IdentityProvider | null;
  readonly tenants: TenantDirectory | null;
  /** Without `identity`: the clients' headers that every subgraph gets, in any case. Default: none. */
  readonly forwardHeaders?: readonly string[];
  /** Which access tokens count no more: refused, and their sockets and streams ended. Default: a token counts until it expires. */
  readonly revocations?: Revocations;
  /** Pino. The gateway logs what fails unexpectedly, each with its request id. */
  readonly logger: FastifyBaseLogger;
  /** Records operations and the fetches of each. Default: nothing is recorded; traces of clients go on to the subgraphs all the same. */
  readonly tracer?: Tracer;
  /** Whether clients may read the schema. Default: true, because the playground needs it. */
  readonly introspection?: boolean;
  /** Default: `DEFAULT_LIMITS`, each. */
  readonly limits?: Partial<GatewayLimits>;
  /** Default: `DEFAULT_HTTP`, each. */
  readonly http?: Partial<HttpOptions>;
  /** What one operation may cost. Default: `DEFAULT_COST`, each; null: what it likes. */
  readonly cost?: Partial<CostOptions> | null;
  /** How much may be asked in the course of time. Default: nothing is counted. */
  readonly rates?: RateOptions | null;
  /**
   * The percentage of requests, 0 to 100, for which a label of `@override(from:, label:)` holds. Default: labels like `percent(5)`
   * say it themselves; others never hold.
   */
  readonly overrides?: OverrideShares;
  /** Default: operations of any text, none of them known before. */
  readonly operations?: PersistedOptions;
  /** The REST facade; its operations must be in the manifest of `operations`. Default: none. */
  readonly rest?: RestOptions | null;
  /** Who may see the query plans of operations. Default: SIGNED_IN. */
  readonly queryPlans?: QueryPlanAudience;
  /** What answers queries and mutations. Default: own. */
  readonly engine?: EngineName;
  /** Runs a share of the queries by the other engine as well, and compares the answers. Default: none. */
  readonly shadow?: ShadowOptions | null;
  /** Default: no playground. */
  readonly playground?: PlaygroundChoice | null;
  /** Default: no `/media`. */
  readonly media?: MediaOptions | null;
  /** What `/health/ready` waits for. Default: nothing. */
  readonly parts?: readonly ReadinessPart[];
  /** More addresses for the first page, which lists the gateway's own. Default: none. */
  readonly links?: readonly HomePageLink[];
  /** Whether clients may read the messages of subgraphs' unexpected errors, or only the log. Default: masked. */
  readonly subgraphErrors?: SubgraphErrors;
  /** What the first page calls this gateway. Default: a GraphQL gateway. */
  readonly home?: HomePageIntroduction;
  /** Where whole answers are kept for callers without a token. Default: 64 MiB of memory. */
  readonly responseStore?: ResponseStore;
  /** Told of every query and mutation that was run, for metrics; answers that were kept are not run. Default: nobody is. */
  readonly onOperation?: (operation: ObservedOperation) => void;
  /**
   * 32 bytes or more, of which the key of clients' positions in subscriptions is made; the same for all gateways between which
   * clients may change. Default: random, so that positions end with this process.
   */
  readonly positionSecret?: Uint8Array;
  /** By which tokens expire. Default: the system's. */
  readonly clock?: Clock;
}
