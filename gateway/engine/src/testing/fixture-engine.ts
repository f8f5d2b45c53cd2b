import type { RequestContext } from '@souk/kit/context';
import { type ExecutionResult, parse, validate } from 'graphql';
import { pino } from 'pino';
import { composeSupergraph } from '../composition/compose-supergraph.ts';
import { inProcessTransport } from '../subgraphs/in-process.ts';
import { OperationPreparer } from '../execution/operation-preparer.ts';
import type { ReadyOperation } from '../execution/operation.ts';
import { PlanRunner } from '../execution/plan-runner.ts';
import type { SubgraphRequest } from '../subgraphs/subgraph-transport.ts';
import { Subgraph } from '../subgraphs/subgraph.ts';
import { loadSupergraph, type LoadedSupergraph } from '../supergraph/supergraph.ts';
import { DEFAULT_OPERATION_LIMITS } from '../operation/operation-limits.ts';
import type { FixtureSubgraph } from './fixture-subgraphs.ts';

/** The engine of a supergraph, without a gateway around it. */
export interface FixtureEngine {
  readonly supergraph: LoadedSupergraph;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  /** The requests to all subgraphs, in order. */
  readonly fetches: (SubgraphRequest & { readonly service: string })[];
  ready(query: string, variables?: Readonly<Record<string, unknown>>): ReadyOperation;
  run(query: string, variables?: Readonly<Record<string, unknown>>): Promise<ExecutionResult>;
}

const CONTEXT: RequestContext = {
  requestId: 'request',
  correlationId: 'correlation',
  tenantId: '11111111-1111-4111-8111-111111111111',
  locale: 'en',
  actor: { kind: 'anonymous' },
};

/** An engine over the given subgraphs, which run in this process. */
export function fixtureEngine(fixture: readonly FixtureSubgraph[]): FixtureEngine {
  const logger = pino({ level: 'silent' });
  const supergraph = loadSupergraph(composeSupergraph(fixture));
  const fetches: (SubgraphRequest & { readonly service: string })[] = [];
  const subgraphs = new Map(
    fixture.map(({ name, schema }) => {
      const transport = inProcessTransport(schema, { compileAfter: 0 });
      const fetch = (request: SubgraphRequest) => {
        fetches.push({ ...request, service: name });
        return transport.fetch(request);
      };
      return [name, new Subgraph(name, { ...transport, fetch }, logger)] as const;
    }),
  );
  const preparer = new OperationPreparer(supergraph, DEFAULT_OPERATION_LIMITS);
  const runner = new PlanRunner(subgraphs, logger);
  const ready = (query: string, variables: Readonly<Record<string, unknown>> = {}): ReadyOperation => {
    const document = parse(query, { noLocation: true });
    const [invalid] = validate(supergraph.apiSchema, document);
    if (invalid) throw invalid;
    const result = preparer.ready({ document, operationName: null, variables, context: CONTEXT });
    if (!result.ok) throw result.error[0] ?? new Error('not ready');
    return result.value;
  };
  return { supergraph, subgraphs, fetches, ready, run: (query, variables) => runner.run(ready(query, variables)) };
}
