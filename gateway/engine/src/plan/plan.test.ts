import { afterEach, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { pino } from 'pino';
import { fixtureEngine } from '../testing/fixture-engine.ts';
import { museumFixture } from '../testing/fixture-museum.ts';
import { PlanRunner } from '../execution/plan-runner.ts';
import { OperationPreparer } from '../execution/operation-preparer.ts';
import { DEFAULT_OPERATION_LIMITS } from '../operation/operation-limits.ts';
import { SubgraphUnavailableError } from '../subgraphs/subgraph-unavailable.ts';
import { Subgraph } from '../subgraphs/subgraph.ts';
import type { PlanSource, SubgraphAnswer } from './plan-run.ts';

const engine = fixtureEngine(museumFixture());
const { fetches } = engine;
afterEach(() => {
  fetches.length = 0;
});

/** The representations that each request to a subgraph contained. */
const representations = (service: string) =>
  fetches.filter((each) => each.service === service).map(({ variables }) => variables['representations']);

describe('entities', () => {
  test('that are equal are fetched once, and completed at every place', async () => {
    const { data } = await engine.run('{ offers { id title } }');
    expect(data).toEqual({
      offers: [
        { id: 'p2', title: null },
        { id: 'p1', title: 'Night' },
        { id: 'p1', title: 'Night' },
      ],
    });
    expect(representations('works')).toEqual([
      [
        { __typename: 'Painting', id: 'p2' },
        { __typename: 'Painting', id: 'p1' },
      ],
    ]);
  });

  test('that are equal do not share nested objects', async () => {
    const { data } = await engine.run('{ offers { artist { fans } } }');
    expect(data).toEqual({ offers: [{ artist: { fans: 0 } }, { artist: { fans: 7 } }, { artist: { fans: 7 } }] });
    const [, one, other] = (data?.['offers'] ?? []) as readonly { readonly artist: unknown }[];
    expect(one?.artist).not.toBe(other?.artist);
  });

  test('of nested lists are found, and nulls among them are skipped', async () => {
    const { data } = await engine.run('{ plan { guide { born } works { stars } } }');
    const room = { guide: { born: null }, works: [{ stars: 2 }, null, { stars: 2 }] };
    const empty = { guide: null, works: null };
    expect(data).toEqual({ plan: [[room, empty], null, [empty, null], []] });
  });

  test('are not fetched where there are none', async () => {
    await engine.run('{ work(id: "missing") { stars artist { fans } } }');
    expect(fetches.map(({ service }) => service)).toEqual(['works']);
  });

  test('that a subgraph does not have have null fields', async () => {
    const { data, errors } = await engine.run('{ work(id: "p3") { artist { fans } } }');
    expect(data).toEqual({ work: { artist: { fans: null } } });
    expect(errors).toBeUndefined();
  });

  test('keep their type when an interface object returns another', async () => {
    const { data } = await engine.run('{ works { ... on Sculpture { stars __typename } } }');
    expect(data).toEqual({ works: [{}, {}, {}, ...[1, 2].map(() => ({ stars: 2, __typename: 'Sculpture' }))] });
  });
});

describe('errors', () => {
  test("of an entity occur at every place of the entity, with the client's aliases", async () => {
    const { errors } = await engine.run('{ mine: works { artist { since: born } } }');
    expect(errors?.map(({ message, path }) => [message, path])).toEqual([
      ['Year unknown', ['mine', 1, 'artist', 'since']],
    ]);
    const twice = await engine.run('{ lost { guide { born } } things { ... on Artist { born } } }');
    expect(twice.errors?.map(({ path }) => path?.join('.')).sort()).toEqual(['lost.guide.born', 'things.5.born']);
  });

  test('of a subgraph that fails as a whole make only its fields null', async () => {
    const failing: PlanSource = { fetch: () => Promise.reject(new Error('down')) };
    const runner = new PlanRunner(new Map([...engine.subgraphs, ['ratings', failing]]), pino({ level: 'silent' }));
    const { data, errors } = await runner.run(engine.ready('{ work(id: "p1") { title stars artist { fans } } }'));
    expect(data).toEqual({ work: { title: 'Night', stars: null, artist: { fans: 7 } } });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      expect.objectContaining({ code: 'INTERNAL_SERVER_ERROR', service: 'ratings' }),
    ]);
  });

  test('of a subgraph that is down have the paths of the missing fields, one for each place', async () => {
    const reject = () => Promise.reject(new SubgraphUnavailableError('UNREACHABLE', 'no connection'));
    const down = new Subgraph('ratings', { fetch: reject, subscribe: reject }, pino({ level: 'silent' }));
    const runner = new PlanRunner(new Map([...engine.subgraphs, ['ratings', down]]), pino({ level: 'silent' }));
    const { errors } = await runner.run(
      engine.ready('{ mine: works { stars } again: works { ... on Painting { stars } ... on Sculpture { stars } } }'),
    );
    expect(errors?.map(({ path }) => path)).toEqual([['mine'], ['again']]);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', service: 'ratings' });
  });

  test('report a subgraph that returns another number of entities than requested', async () => {
    const short: PlanSource = { fetch: async () => ({ data: { _entities: [] } }) };
    const runner = new PlanRunner(new Map([...engine.subgraphs, ['ratings', short]]), pino({ level: 'silent' }));
    const { data, errors } = await runner.run(engine.ready('{ work(id: "p1") { title stars } }'));
    expect(data).toEqual({ work: { title: 'Night', stars: null } });
    expect(errors).toHaveLength(1);
  });

  test('of a subgraph prevent a second error about the same null', async () => {
    const { data, errors } = await engine.run('{ lost { number strict { never } } }');
    expect(data).toEqual({ lost: { number: 1, strict: null } });
    expect(errors?.map(({ message }) => message)).toEqual(['Never']);
  });
});

describe('a null that the schema forbids', () => {
  const FIRST = { __typename: 'Painting', id: 'p1', title: 'Night' };

  /** The engine's answer to `query` when the subgraph `works` returns `answer` to each fetch. */
  async function answered(query: string, answer: SubgraphAnswer) {
    const works: PlanSource = { fetch: async () => answer };
    const runner = new PlanRunner(new Map([...engine.subgraphs, ['works', works]]), pino({ level: 'silent' }));
    const { data, errors } = await runner.run(engine.ready(query));
    return { data, errors: errors?.map(({ message, path }) => `${path?.join('.')}: ${message}`) };
  }

  test('is an error at its path, and propagates to the nearest nullable parent', async () => {
    expect(await answered('{ lost { number } style }', { data: { lost: {}, style: 'NEW' } })).toEqual({
      data: { lost: null, style: 'NEW' },
      errors: ['lost.number: Cannot return null for non-nullable field Room.number.'],
    });
    expect(await answered('{ works { title } }', { data: { works: [FIRST, null] } })).toEqual({
      data: null,
      errors: ['works.1: Cannot return null for non-nullable field Query.works.'],
    });
  });

  test('is an error also where a subgraph reports an error of another path', async () => {
    const errors = [{ message: 'No style', path: ['style'], extensions: { code: 'NO_STYLE' } }];
    expect(await answered('{ lost { number } style }', { data: { lost: {}, style: null }, errors })).toEqual({
      data: { lost: null, style: null },
      errors: ['style: No style', 'lost.number: Cannot return null for non-nullable field Room.number.'],
    });
  });

  test('is not a second error where the error of a whole fetch explains it', async () => {
    const errors = [{ message: 'Closed', extensions: { code: 'CLOSED' } }];
    expect(await answered('{ works { title } }', { data: null, errors })).toEqual({
      data: null,
      errors: ['undefined: Closed'],
    });
  });

  test('caused by a value that does not fit the schema is an error too', async () => {
    expect(await answered('{ style }', { data: { style: 'ODD' } })).toEqual({
      data: { style: null },
      errors: ['style: Invalid value found for field Query.style.'],
    });
  });
});

test('a subgraph that returns neither data nor errors has failed', async () => {
  const fetch = async () => ({ data: null });
  const silent = new Subgraph('works', { fetch, subscribe: fetch }, pino({ level: 'silent' }));
  const runner = new PlanRunner(new Map([...engine.subgraphs, ['works', silent]]), pino({ level: 'silent' }));
  const { data, errors } = await runner.run(engine.ready('{ style }'));
  expect(data).toEqual({ style: null });
  expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['INTERNAL_SERVER_ERROR']);
});

test("a subgraph receives the client's variables that it uses, unchanged", async () => {
  await engine.run('query ($id: ID!, $with: Boolean = true) { work(id: $id) { stars @include(if: $with) } }', {
    id: 3,
  });
  expect(fetches.map(({ variables }) => variables)).toEqual([{ id: 3 }]);
});

test('a step of the plan whose condition is false is not fetched', async () => {
  const query = 'query ($with: Boolean = false) { works { id stars @include(if: $with) } }';
  await engine.run(query);
  expect(representations('ratings')).toHaveLength(0);
  await engine.run(query, { with: true });
  expect(representations('ratings')).toHaveLength(1);
});

test('independent fetches run at the same time', async () => {
  const waiting: (() => void)[] = [];
  const sources = [...engine.subgraphs].map(([name, subgraph]): [string, PlanSource] => [
    name,
    {
      fetch: async (request) => {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === 3) for (const each of waiting) each();
        });
        return subgraph.fetch(request);
      },
    },
  ]);
  const runner = new PlanRunner(new Map(sources), pino({ level: 'silent' }));
  const { data } = await runner.run(engine.ready('{ style artist(id: "a1") { born } bestArtist { fans } }'));
  expect(data).toEqual({ style: 'NEW', artist: { born: 1815 }, bestArtist: { fans: 7 } });
});

test('mutations run one after the other', async () => {
  const { data } = await engine.run('mutation { hang(id: "p1") { stars } take(id: "p1") { id } }');
  expect(data).toEqual({ hang: { stars: 2 }, take: null });
});

test('an operation is planned and compiled once', () => {
  const preparer = new OperationPreparer(engine.supergraph, DEFAULT_OPERATION_LIMITS);
  const document = parse('{ works { id stars } }');
  const { request } = engine.ready('{ works { id } }');
  const [one, other] = [1, 2].map(() => preparer.ready({ ...request, document }));
  expect(one?.ok && other?.ok && one.value.planned === other.value.planned).toBe(true);
});
