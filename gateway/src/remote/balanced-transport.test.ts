import { afterEach, expect, test } from '@jest/globals';
import { testContext, until } from '@souk/kit/testing';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { pino } from 'pino';
import { catalogFixture, fixtureWorld } from '@souk/engine/testing';
import { startRemoteSubgraph } from '../testing/remote-subgraph.ts';
import { answerJson, startRemoteServer } from '../testing/remote-server.ts';
import { balancedTransport } from './balanced-transport.ts';
import { RoundRobin } from './round-robin.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((each) => each()));
});

/** A process that answers with its name and counts its requests. */
async function replica(name: string) {
  let asked = 0;
  const server = await startRemoteServer((response) => {
    asked += 1;
    answerJson(response, { data: { name } });
  });
  cleanUps.push(() => server.close());
  return { ...server, asked: () => asked };
}

function balanced(urls: readonly string[], lines: string[] = []) {
  const transport = balancedTransport({
    name: 'sample',
    urls,
    logger: pino({ level: 'warn' }, { write: (line: string) => lines.push(line) }),
    shareQueries: false,
    sockets: { authority: 'operation', initialDelayMs: 10, maxDelayMs: 20 },
  });
  cleanUps.push(() => transport.close());
  const ask = (query: string) =>
    transport.fetch({ query, operationName: undefined, variables: {}, context: testContext({ scopes: [] }) });
  return { transport, ask };
}

const NOBODY = 'http://127.0.0.1:9/graphql';

test('the processes are asked in turn', async () => {
  const [one, other] = [await replica('one'), await replica('other')];
  const { ask } = balanced([one.url, other.url]);
  for (let count = 0; count < 4; count += 1) await ask('{ name }');
  expect([one.asked(), other.asked()]).toEqual([2, 2]);
});

test('queries and mutations go to the process that answers, and the other process rests for a while', async () => {
  const there = await replica('there');
  const { ask } = balanced([NOBODY, there.url]);
  for (const text of ['{ name }', 'mutation { name }', '{ name }']) {
    expect(await ask(text)).toEqual({ data: { name: 'there' } });
  }
});

test('queries of a process that breaks the connection are answered by another process, and a mutation is not sent twice', async () => {
  const breaking = await startRemoteServer((response) => response.destroy());
  cleanUps.push(() => breaking.close());
  const sound = await replica('sound');
  expect(await balanced([breaking.url, sound.url]).ask('{ name }')).toEqual({ data: { name: 'sound' } });
  const { ask } = balanced([breaking.url, sound.url]);
  await expect(ask('mutation { name }')).rejects.toMatchObject({ reason: 'UNREACHABLE' });
  expect(sound.asked()).toBe(1);
});

test('a query that a frozen process received is answered by another process, and the frozen process gets no more requests', async () => {
  const frozen = await startRemoteServer(() => undefined);
  const awake = await replica('awake');
  const { ask } = balanced([frozen.url, awake.url]);
  expect(await ask('{ name }')).toEqual({ data: { name: 'awake' } });
  expect([frozen.questions.length, awake.asked()]).toEqual([1, 1]);
  // The frozen process has not answered its request yet, but the caller no longer waits for it.
  expect(await ask('mutation { name }')).toEqual({ data: { name: 'awake' } });
  expect(await ask('{ name }')).toEqual({ data: { name: 'awake' } });
  expect(frozen.questions.length).toBe(1);
  await frozen.close();
});

test('when every process hangs, a query waits for the first process and is not sent to all of them repeatedly', async () => {
  const answers: (() => void)[] = [];
  const slow = await startRemoteServer((response) => {
    answers.push(() => answerJson(response, { data: { name: 'late' } }));
  });
  const frozen = await startRemoteServer(() => undefined);
  const { ask } = balanced([slow.url, frozen.url]);
  const answer = ask('{ name }');
  await until(() => frozen.questions.length === 1);
  answers[0]?.();
  expect(await answer).toEqual({ data: { name: 'late' } });
  expect([slow.questions.length, frozen.questions.length]).toEqual([1, 1]);
  await frozen.close();
  await slow.close();
});

/** A process of the subgraph whose clock or keys are wrong. */
async function refusing() {
  const server = await startRemoteServer((response) => answerJson(response, { title: 'Refused' }, 401));
  cleanUps.push(() => server.close());
  return server;
}

test('a query or a mutation that a process refuses is answered by another process, and the refusing process comes last', async () => {
  const [wrong, right] = [await refusing(), await replica('right')];
  const lines: string[] = [];
  const { ask } = balanced([wrong.url, right.url], lines);
  for (const text of ['mutation { name }', '{ name }', 'mutation { name }', '{ name }']) {
    expect(await ask(text)).toEqual({ data: { name: 'right' } });
  }
  expect([wrong.questions.length, right.asked()]).toEqual([1, 4]);
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual([expect.stringContaining('compare its clock')]);
});

test('when every process refuses, the subgraph is unavailable', async () => {
  const { ask } = balanced([(await refusing()).url, (await refusing()).url]);
  await expect(ask('mutation { name }')).rejects.toMatchObject({ reason: 'REFUSED' });
});

test.each([
  ['another process continues them', false],
  ['when all processes refuse, the subscription ends', true],
])('subscriptions at a process that refuses signed contexts: %s', async (_what, all) => {
  const world = fixtureWorld();
  const refusal = () => [
    new GraphQLError('refused', { extensions: { code: 'INTERNAL_SERVER_ERROR', reason: 'CONTEXT_REFUSED' } }),
  ];
  const processes = [
    await startRemoteSubgraph(catalogFixture(world), 0, refusal),
    await startRemoteSubgraph(catalogFixture(world), 0, all ? refusal : undefined),
  ];
  cleanUps.push(...processes.map((each) => () => each.close()));
  const { transport } = balanced(processes.map(({ url }) => url));
  const stream = await transport.subscribe({
    query: 'subscription { productChanged { name } }',
    operationName: undefined,
    variables: {},
    context: testContext({ scopes: [] }),
  });
  if (!(Symbol.asyncIterator in stream)) throw new Error('it was refused');
  const events = stream[Symbol.asyncIterator]();
  const first = events.next();
  if (all) {
    expect(await first).toMatchObject({ value: { errors: [{ extensions: { reason: 'CONTEXT_REFUSED' } }] } });
    return;
  }
  await until(() => world.events.listenerCount('productChanged') === 1);
  world.events.emit('productChanged', '1');
  expect(await first).toEqual({ done: false, value: { data: { productChanged: { name: 'Lamp 1' } } } });
  await events.return?.();
});

test('a process that announces its stop gets no more requests while another process is available', async () => {
  const leaving = await startRemoteServer((response) => {
    response.setHeader('connection', 'close');
    answerJson(response, { data: { name: 'leaving' } });
  });
  cleanUps.push(() => leaving.close());
  const staying = await replica('staying');
  const { ask } = balanced([leaving.url, staying.url]);
  const names = [await ask('{ name }'), await ask('{ name }'), await ask('{ name }')].map(({ data }) => data?.['name']);
  expect(names).toEqual(['leaving', 'staying', 'staying']);
});

test('a request fails as unreachable when no process answers', async () => {
  await expect(balanced([NOBODY, NOBODY]).ask('{ name }')).rejects.toMatchObject({ reason: 'UNREACHABLE' });
});

test('a subscription that loses its process is subscribed again at another process', async () => {
  const world = fixtureWorld();
  const [one, other] = [
    await startRemoteSubgraph(catalogFixture(world)),
    await startRemoteSubgraph(catalogFixture(world)),
  ];
  cleanUps.push(
    () => one.close(),
    () => other.close(),
  );
  const { transport } = balanced([one.url, other.url]);
  const stream = await transport.subscribe({
    query: 'subscription { productChanged { __typename } }',
    operationName: undefined,
    variables: {},
    context: testContext({ scopes: [] }),
  });
  if (!(Symbol.asyncIterator in stream)) throw new Error('it was refused');
  const events: AsyncIterator<ExecutionResult> = stream[Symbol.asyncIterator]();
  const first = events.next();
  await until(() => one.openSockets + other.openSockets === 1);
  const [serving, waiting] = one.openSockets === 1 ? [one, other] : [other, one];
  await serving.close();
  await until(() => waiting.openSockets === 1);
  await events.return?.();
  await first;
});

test('processes that failed come last until their rest is over', () => {
  let nowMs = 0;
  const roundRobin = new RoundRobin(3, 1000, () => nowMs);
  expect(roundRobin.order()).toEqual([0, 1, 2]);
  roundRobin.rest(1);
  expect(roundRobin.order()).toEqual([2, 0, 1]);
  nowMs = 1001;
  expect([roundRobin.order(), roundRobin.order()]).toEqual([
    [2, 0, 1],
    [0, 1, 2],
  ]);
});

test('when all processes rest, the process whose rest ends first comes first, and a failure does not shorten a long rest', () => {
  const roundRobin = new RoundRobin(3, 1000, () => 0);
  roundRobin.rest(0, 10_000);
  roundRobin.rest(0);
  roundRobin.rest(1, 10_000 - 1);
  roundRobin.rest(2);
  expect(roundRobin.order()).toEqual([2, 1, 0]);
});

test('a process that returns after many failures receives requests when it is the only one available', async () => {
  const stopped = await replica('one');
  const other = await replica('other');
  const { ask } = balanced([stopped.url, other.url]);
  await stopped.close();
  await Promise.all(Array.from({ length: 20 }, () => ask('{ name }')));
  await other.close();
  const port = Number(new URL(stopped.url).port);
  const again = await startRemoteServer((response) => answerJson(response, { data: { name: 'again' } }), port);
  cleanUps.push(() => again.close());
  const answered = await until(() => ask('mutation { name }').catch(() => null));
  expect(answered).toEqual({ data: { name: 'again' } });
});
