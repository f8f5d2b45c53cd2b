import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { ReadyOperation } from '../execution/operation.ts';
import type { ReferenceExecutor, ReferenceDependencies } from '../execution/operation-executor.ts';
import type { PlanOutcome } from '../execution/plan-runner.ts';
import type { PlannedOperation } from '../execution/prepared-operation.ts';
import { withNearestNumbers } from '../json/exact-numbers.ts';
import { disableApolloTelemetry } from './environment.ts';
import { ReferenceAnswers } from './reference-answers.ts';
import { subgraphSource, type ReferenceRun } from './subgraph-source.ts';
import { unprotectedSupergraph } from './unprotected-supergraph.ts';
import { visibleOperation } from './visible-operation.ts';

/** The plugins that disable reports to Apollo, the landing page, and additions to answers. */
const PLUGINS = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

/** Plans and runs operations with `@apollo/gateway` in `@apollo/server`. Numbers in variables become the nearest JavaScript numbers. */
export class ApolloExecutor implements ReferenceExecutor {
  readonly #server: ApolloServer<ReferenceRun>;
  readonly #answers: ReferenceAnswers;
  readonly #texts = new WeakMap<PlannedOperation, string>();

  constructor({ supergraph, subgraphs, logger }: ReferenceDependencies) {
    disableApolloTelemetry();
    this.#answers = new ReferenceAnswers(logger);
    const gateway = new ApolloGateway({
      supergraphSdl: unprotectedSupergraph(supergraph.sdl),
      validateSupergraph: false, // composition has validated it
      __exposeQueryPlanExperimental: false,
      logger: apolloLogger(logger),
      buildService({ name }) {
        const subgraph = subgraphs.get(name);
        if (!subgraph) throw new Error(`The supergraph references the unknown subgraph "${name}"`);
        return subgraphSource(subgraph);
      },
    });
    this.#server = new ApolloServer<ReferenceRun>({
      gateway,
      plugins: PLUGINS,
      logger: apolloLogger(logger),
      introspection: true, // refused earlier where introspection is off
      persistedQueries: false,
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
    });
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  async outcomeOf(ready: ReadyOperation): Promise<PlanOutcome> {
    const { variables, context } = ready.request;
    const run: ReferenceRun = { context, succeeded: new Set() };
    const request = { query: this.#textOf(ready.planned), variables: { ...withNearestNumbers(variables) } };
    const { body } = await this.#server.executeOperation(request, { contextValue: run });
    if (body.kind !== 'single') throw new Error('Apollo Server answered an operation in several parts');
    return { result: this.#answers.answerOf(ready, body.singleResult), succeeded: run.succeeded };
  }

  #textOf(planned: PlannedOperation): string {
    const text = this.#texts.get(planned) ?? visibleOperation(planned);
    this.#texts.set(planned, text);
    return text;
  }
}

/** A logger without Apollo's line about its start, which Apollo logs at level `info` and operators do not need. */
function apolloLogger(logger: ReferenceDependencies['logger']) {
  return {
    debug: (message?: unknown) => logger.debug({ message }, 'reference engine'),
    info: (message?: unknown) => logger.debug({ message }, 'reference engine'),
    warn: (message?: unknown) => logger.warn({ message }, 'reference engine'),
    error: (message?: unknown) => logger.error({ message }, 'reference engine'),
  };
}
