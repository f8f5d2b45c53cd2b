import { expect, test } from '@jest/globals';
import { readGraphqlReply } from '../remote/graphql-reply.ts';
import { SharedAnswer } from './shared-answer.ts';

const deep = '['.repeat(10_000) + ']'.repeat(10_000);

test('an answer that cannot be written as JSON becomes an error, and throws on no connection', () => {
  const answer = new SharedAnswer({ data: { metadata: JSON.parse(deep) } });
  expect(JSON.parse(String(answer.json))).toMatchObject({ errors: [{ message: expect.stringContaining('JSON') }] });
});

test("a subgraph's refusal can be written as JSON, whatever its content", () => {
  const text = `{"errors":[{"message":"no","extensions":{"code":"NO","why":${deep}}}]}`;
  const { refusal } = new SharedAnswer(readGraphqlReply({ status: 200, text }, 'http://subgraph'));
  expect(JSON.parse(JSON.stringify(refusal))).toEqual([{ message: 'no' }]);
});
