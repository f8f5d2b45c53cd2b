import { beforeEach, expect, jest, test } from '@jest/globals';
import { testContext } from '@souk/kit/testing';
import { pino } from 'pino';
import { composeSupergraph } from '@souk/engine/composition';
import { DocumentCache } from '@souk/engine/operation';
import { loadEngine, type Engine } from '@souk/engine/execution';
import { inProcessTransport, SubgraphTransports } from '@souk/engine/subgraphs';
import { DEFAULT_LIMITS } from '../gateway-options.ts';
import { catalogFixture, fixtureWorld, stockFixture } from '@souk/engine/testing';
import { PersistedOperations } from './persisted-operations.ts';
import { WarmUp } from './warm-up.ts';

const NAME = 'query Name($id: ID!) { product(id: $id) { name available cost } }';
const ALIASES = Array.from({ length: 101 }, (_, n) => `a${n}: name`).join(' ');
const RECENT = '{ products { id } }';

const logs: string[] = [];
const logger = pino({ level: 'info' }, { write: (line: string) => logs.push(line) });
let warmUp: WarmUp;

beforeEach(() => {
  logs.length = 0;
  warmUp = warmUpOf(NAME);
});

function warmUpOf(...bodies: readonly string[]): WarmUp {
  const operations = bodies.map((body, index) => ({ id: `id-${index}`, name: 'Name', type: 'query' as const, body }));
  return new WarmUp(
    new PersistedOperations({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
    logger,
  );
}

function engineOf(): Engine {
  const fixtures = [catalogFixture(fixtureWorld()), stockFixture(fixtureWorld())];
  const transports = new Map(fixtures.map(({ name, schema }) => [name, inProcessTransport(schema)]));
  return loadEngine(composeSupergraph(fixtures), 1, {
    transports: new SubgraphTransports(transports),
    limits: DEFAULT_LIMITS,
    introspection: true,
    logger,
  });
}

/** The number of plans that the engine makes when these callers send the operation text. */
function plansFor(engine: Engine, text: string, operationName: string | null = null): number {
  const made = jest.spyOn(engine.supergraph.planner, 'plan');
  const { document } = engine.documents.read(text);
  if (!document) throw new Error('the text is not valid');
  for (const actor of [{ kind: 'anonymous' }, { kind: 'system', name: 'test' }] as const) {
    const ready = engine.preparer.ready({
      document,
      operationName,
      variables: { id: '1' },
      context: { ...testContext(), actor },
    });
    expect(ready.ok).toBe(true);
  }
  const count = made.mock.calls.length;
  made.mockRestore();
  return count;
}

test('every persisted operation is planned before the first request, for full and for anonymous access', async () => {
  const [cold, warm] = [engineOf(), engineOf()];
  await warmUp.start(warm);
  expect([plansFor(cold, NAME), plansFor(warm, NAME)]).toEqual([2, 0]);
});

test('an operation is planned once, with and without its name', async () => {
  const engine = engineOf();
  await warmUp.start(engine);
  expect(plansFor(engine, NAME, 'Name')).toBe(0);
});

test('texts of clients do not evict a persisted operation', () => {
  const documents = new DocumentCache(engineOf().supergraph.apiSchema, { capacity: 1 });
  const { document } = documents.keep(NAME);
  for (const text of [RECENT, '{ me }']) documents.read(text);
  expect(documents.read(NAME).document).toBe(document);
  expect(documents.recent(2)).toEqual(['{ me }']);
});

test('the engine of a new supergraph is ready for the persisted operations and for recent texts of clients', async () => {
  const [present, next] = [engineOf(), engineOf()];
  plansFor(present, RECENT);
  await warmUp.carryOver(next, present);
  expect([plansFor(next, NAME), plansFor(next, RECENT)]).toEqual([0, 0]);
});

test.each([
  ['that the supergraph does not have', 'query Gone { nothingSuch }'],
  ['that is larger than the limits', `query Gone { product(id: 1) { ${ALIASES} } }`],
])('an operation %s is logged, and the others are planned', async (_what, gone) => {
  const engine = engineOf();
  await warmUpOf(gone, NAME).start(engine);
  expect(logs.join()).toMatch(/query Gone.*cannot be planned/);
  expect(plansFor(engine, NAME)).toBe(0);
});

test('the warm-up ends when the gateway closes', async () => {
  const engine = engineOf();
  warmUp.stop();
  await warmUp.start(engine);
  expect(plansFor(engine, NAME)).toBe(2);
});
