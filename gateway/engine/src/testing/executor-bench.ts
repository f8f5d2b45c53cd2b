// `npm run bench:executor` measures the processor time per operation of our plan executor and of Apollo's executor,
// with the same plans and answers.
import type { RequestContext } from '@souk/kit/context';
import { parse, type ExecutionResult } from 'graphql';
import { pino } from 'pino';
import { composeSupergraph } from '../composition/compose-supergraph.ts';
import { OperationPreparer } from '../execution/operation-preparer.ts';
import { PlanRunner } from '../execution/plan-runner.ts';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { DEFAULT_OPERATION_LIMITS } from '../operation/operation-limits.ts';
import { apolloRun } from './apollo-answer.ts';
import { SHOP_OPERATIONS, SHOP_SUBGRAPHS, shopSources } from './fixture-shop.ts';

const ROUNDS = 5;
/** The duration of one measurement, in milliseconds. */
const MEASURED_MS = 1500;

const supergraph = loadSupergraph(composeSupergraph(SHOP_SUBGRAPHS));
const sources = shopSources();
const preparer = new OperationPreparer(supergraph, DEFAULT_OPERATION_LIMITS);
const runner = new PlanRunner(sources, pino({ level: 'silent' }));
const apollo = apolloRun({ supergraph, subgraphs: sources });
const context: RequestContext = {
  requestId: 'request',
  correlationId: 'correlation',
  tenantId: 'tenant',
  locale: 'en',
  actor: { kind: 'anonymous' },
};

/** Microseconds of processor time for one run, including garbage collection. */
async function measure(work: () => Promise<unknown>): Promise<number> {
  const begun = process.cpuUsage();
  const end = performance.now() + MEASURED_MS;
  let count = 0;
  for (; performance.now() < end; count += 1) await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / count;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? NaN;
}

async function compare(name: string, query: string): Promise<string> {
  const request = { document: parse(query), operationName: null, variables: { id: 'p1' }, context };
  const ready = () => {
    const prepared = preparer.ready(request);
    if (!prepared.ok) throw new Error(`${name} cannot be prepared`);
    return prepared.value;
  };
  const text = async (result: Promise<ExecutionResult>) => JSON.stringify(await result);
  const [ours, theirs] = [() => text(runner.run(ready())), () => text(apollo(ready()))];
  const answer = await ours();
  if (answer !== (await theirs())) throw new Error(`${name}: the answers differ`);
  const rounds: { readonly ours: number; readonly theirs: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ ours: await measure(ours), theirs: await measure(theirs) });
  }
  const [a, b] = [median(rounds.map((each) => each.ours)), median(rounds.map((each) => each.theirs))];
  return `${name} (${answer.length} bytes): ours ${a.toFixed(1)} µs, Apollo's ${b.toFixed(1)} µs, ${(b / a).toFixed(2)} times`;
}

for (const [name, query] of Object.entries(SHOP_OPERATIONS)) process.stdout.write(`${await compare(name, query)}\n`);
