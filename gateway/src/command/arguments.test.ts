import { expect, test } from '@jest/globals';
import { HELP, readArguments } from './arguments.ts';

const read = (...args: readonly string[]) => readArguments(['--supergraph', 'a.graphql', ...args]);

test('a file is the only required option', () => {
  expect(read()).toEqual({
    ok: true,
    value: {
      supergraph: 'a.graphql',
      host: '127.0.0.1',
      port: 4000,
      watch: true,
      introspection: true,
      playground: true,
      queryPlans: false,
      forwardHeaders: [],
      subgraphUrls: new Map(),
      timeoutMs: 30_000,
      limits: {},
      overrides: {},
      subgraphErrors: 'masked',
      logLevel: 'warn',
    },
  });
});

test('every option is parsed', () => {
  const text =
    '--host 0.0.0.0 --port=0 --no-watch --no-introspection --no-playground --query-plans --timeout 500 --forward-header Authorization ' +
    '--forward-header X-Shop --limit depth=30 --override new-stock=12.5 --override old:x=100 --subgraph-url stock=http://127.0.0.1:4001/graphql?a=b --log-level debug';
  const given = read(...text.split(' '));
  expect(given).toMatchObject({
    value: {
      host: '0.0.0.0',
      port: 0,
      watch: false,
      introspection: false,
      playground: false,
      queryPlans: true,
      timeoutMs: 500,
      forwardHeaders: ['authorization', 'x-shop'],
      limits: { depth: 30 },
      overrides: { 'new-stock': 12.5, 'old:x': 100 },
      logLevel: 'debug',
    },
  });
  expect(given.ok && given.value !== 'help' && given.value.subgraphUrls).toEqual(
    new Map([['stock', 'http://127.0.0.1:4001/graphql?a=b']]),
  );
});

test.each(['--help', '-h'])('%s asks for help', (flag) => {
  expect(readArguments([flag])).toEqual({ ok: true, value: 'help' });
});

test('the help names every option', () => {
  for (const name of [
    'supergraph',
    'port',
    'host',
    'forward-header',
    'override',
    'subgraph-url',
    'subgraph-errors',
    'timeout',
    'limit',
    'log-level',
  ]) {
    expect(HELP).toContain(`--${name} `);
  }
});

test.each([
  [['--port', 'http'], '--port must be a number from 0 to 65535'],
  [['--port', '65536'], '--port must be a number from 0 to 65535'],
  [['--host', 'http://a'], '--host must be'],
  [['--timeout', '0'], '--timeout must be'],
  [['--forward-header', 'a b'], '--forward-header must be the name of a header'],
  [['--forward-header', 'Host'], '--forward-header names a header that is made anew'],
  [['--subgraph-url', 'http://127.0.0.1'], '--subgraph-url must look like'],
  [['--limit', 'depth'], '--limit must look like'],
  [['--limit', 'width=3'], '--limit must name one of depth'],
  [['--subgraph-errors', 'loud'], '--subgraph-errors must be masked or passed'],
  [['--log-level', 'loud'], '--log-level must be'],
  [['--prot', '4000'], "Unknown option '--prot'"],
  [['--port'], "Option '--port <value>' argument missing"],
  [['--port', '--watch'], "Option '--port' argument is ambiguous"],
  [['4000'], "Unexpected argument '4000'"],
])('%p is refused with the reason', (args, message) => {
  expect(read(...args)).toEqual({ ok: false, error: expect.stringContaining(message) });
});

test('all faults are reported at once', () => {
  const wrong = readArguments(['--port', 'x', '--timeout', 'y']);
  expect(wrong).toEqual({
    ok: false,
    error: expect.stringMatching(/--supergraph FILE is missing[^]*--port[^]*--timeout/),
  });
});
