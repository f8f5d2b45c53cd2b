import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';

let gateway: FixtureGateway;
beforeAll(async () => {
  gateway = await startFixtureGateway();
});
afterAll(() => gateway.app.close());

/**
 * A header that all our clients send. The gateway refuses a request without it, because a page of another site could have sent the request
 * (CSRF).
 */
const PREFLIGHTED = { 'apollo-require-preflight': 'true' };

/** The audits of the GraphQL over HTTP specification by its working group. */
const AUDITS = serverAudits({
  url: () => `${gateway.url}/graphql`,
  fetchFn: (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...PREFLIGHTED } }),
});

test.each(AUDITS.map(({ id, name, fn }) => [id, name, fn] as const))('%s: %s', async (_id, _name, audit) => {
  const { status, ...result } = await audit();
  expect({ status, reason: 'reason' in result ? result.reason : null }).toEqual({ status: 'ok', reason: null });
});
