import { expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { presentSubgraphErrors } from './subgraph-errors.ts';

const logged: string[] = [];
const origin = {
  service: 'catalog',
  context: {
    tenantId: 't',
    actor: { kind: 'anonymous' } as const,
    requestId: 'r1',
    correlationId: 'c1',
    locale: 'en',
  },
  logger: pino({}, { write: (line: string) => void logged.push(line) }),
};
const shown = (extensions: Readonly<Record<string, unknown>>) =>
  presentSubgraphErrors([new GraphQLError('connect ECONNREFUSED 10.0.0.3:5432', { extensions })], origin)[0];

test('an error before a resolver runs is masked and logged, too', () => {
  expect(shown({ code: 'INTERNAL_SERVER_ERROR' })).toMatchObject({
    message: 'Something went wrong',
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'r1', service: 'catalog' },
  });
  expect(logged.join()).toContain('ECONNREFUSED');
});

test('an unexpected error is shown without its stack when errors are passed on', () => {
  const error = new GraphQLError('No such column', {
    extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['a'] },
  });
  expect(presentSubgraphErrors([error], { ...origin, subgraphErrors: 'passed' })).toEqual([
    { message: 'No such column', extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'catalog' } },
  ]);
});

test('a refusal of a request is shown', () => {
  expect(shown({})).toMatchObject({
    message: expect.stringContaining('ECONN'),
    extensions: { code: 'BAD_USER_INPUT' },
  });
  expect(shown({ code: 'CLOSED' })).toMatchObject({ extensions: { code: 'CLOSED' } });
});
