import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { caseless } from '@souk/kit/domain';
import { UnitOfWork } from '@souk/kit/persistence';
import { recordQueries, testActors, testContext } from '@souk/kit/testing';
import { decodeJwt } from 'jose';
import { entities } from '../database.ts';
import { generateSigningKey } from '../index.ts';
import { scopesOfRoles } from '../user/role.policy.ts';
import { MfaKeys } from '../mfa-factor/mfa-keys.ts';
import { SessionService } from './session.service.ts';
import { SigningKeys } from './signing-keys.ts';
import { startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';

const LOGIN = `mutation ($input: LoginInput!) {
  login(input: $input) { accessToken refreshToken expiresAt user { id email } userErrors { __typename code message field } }
}`;
const REFRESH = `mutation ($refreshToken: String!) {
  tokenRefresh(input: { refreshToken: $refreshToken }) { accessToken refreshToken user { email } userErrors { code } }
}`;
const LOGOUT = `mutation ($refreshToken: String!) { logout(input: { refreshToken: $refreshToken }) { userErrors { code } } }`;

interface Tokens {
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly userErrors: readonly { readonly code: string }[];
}

const OWNER = { email: 'Owner@demo.test', password: 'demo-owner-password', role: 'OWNER' } as const;
let accounts: AccountsFixture;
let demo: { readonly id: string };
let acme: { readonly id: string };

beforeAll(async () => {
  accounts = await startAccounts();
  demo = await accounts.services.createTenant({ slug: 'demo', name: 'Demo', hosts: ['demo.test'] });
  acme = await accounts.services.createTenant({ slug: 'acme', name: 'Acme', hosts: ['acme.test'] });
  await accounts.services.createUser({ tenantId: demo.id, ...OWNER });
});
afterAll(() => accounts.close());

const login = async (email: string, password: string, tenantId = demo.id) =>
  (await accounts.execute(testActors([], tenantId).shopper, LOGIN, { input: { email, password } })).data?.[
    'login'
  ] as Tokens;
const refresh = async (refreshToken: string | null, tenantId = demo.id) =>
  (await accounts.execute(testActors([], tenantId).shopper, REFRESH, { refreshToken })).data?.[
    'tokenRefresh'
  ] as Tokens;
const tenantOf = ({ accessToken }: Tokens) => accessToken && decodeJwt(accessToken)['tid'];

describe('login', () => {
  test('returns tokens and the user, for any letter case of the email', async () => {
    expect(await login('owner@DEMO.test', OWNER.password)).toEqual({
      accessToken: expect.stringMatching(/^ey.+\..+\..+$/),
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: '2030-01-01T00:15:00.000Z',
      user: { id: expect.any(String), email: OWNER.email },
      userErrors: [],
    });
  });

  test('a wrong password and an unknown email get the same reply', async () => {
    const wrong = await login(OWNER.email, 'not the password');
    expect(wrong).toEqual({
      accessToken: null,
      refreshToken: null,
      expiresAt: null,
      user: null,
      userErrors: [
        {
          __typename: 'GeneralUserError',
          code: 'INVALID_CREDENTIALS',
          message: 'The e-mail address or the password is wrong',
          field: null,
        },
      ],
    });
    expect(await login('unknown@demo.test', 'not the password')).toEqual(wrong);
  });

  test('needs no tenant, because the account determines it', async () => {
    expect(tenantOf(await login(OWNER.email, OWNER.password, acme.id))).toBe(demo.id);
  });

  test("uses the password to choose between two tenants with one email, the request's tenant first", async () => {
    const email = 'both@shops.test';
    await accounts.services.createUser({ tenantId: demo.id, email, password: 'the same password', role: 'STAFF' });
    await accounts.services.createUser({ tenantId: acme.id, email, password: 'the same password', role: 'STAFF' });
    expect(tenantOf(await login(email, 'the same password', demo.id))).toBe(demo.id);
    expect(tenantOf(await login(email, 'the same password', acme.id))).toBe(acme.id);

    const other = 'different@shops.test';
    await accounts.services.createUser({ tenantId: demo.id, email: other, password: 'demo password', role: 'STAFF' });
    await accounts.services.createUser({ tenantId: acme.id, email: other, password: 'acme password', role: 'STAFF' });
    expect(tenantOf(await login(other, 'acme password', demo.id))).toBe(acme.id);
  });

  test('passwords are stored as argon2id, refresh tokens as digests', async () => {
    const { refreshToken } = await login(OWNER.email, OWNER.password);
    const admin = await accounts.database.connect();
    const hashes = await admin.query(
      'select distinct split_part(password_hash, $1, 4) as parameters from accounts.user_account',
      ['$'],
    );
    expect(hashes.rows).toEqual([{ parameters: 'm=19456,t=2,p=1' }]);
    const tokens = await admin.query('select 1 from accounts.refresh_token where token_hash = $1', [refreshToken]);
    expect(tokens.rows).toEqual([]);
  });
});

describe('a failed login', () => {
  /** Logs in and records the work: the number of password hashes, and the statements that Postgres received. */
  async function workOf(email: string): Promise<readonly unknown[]> {
    let verifications = 0;
    const verify = async () => (verifications++, false);
    const orm = await accounts.database.openOrm('accounts', entities);
    const keys = new SigningKeys([generateSigningKey()]);
    const issuer = { keys, mfa: new MfaKeys(undefined), roleScopes: scopesOfRoles([]) };
    const sessions = new SessionService(new UnitOfWork(orm), issuer, accounts.clock, verify);
    const { statements } = await recordQueries(() =>
      sessions.login(testActors([], demo.id).shopper, { email, password: 'wrong' }),
    );
    return [verifications, statements.length];
  }

  test('does the same work for no account, for one, and for accounts in two shops', async () => {
    const email = 'work@shops.test';
    for (const tenantId of [demo.id, acme.id])
      await accounts.services.createUser({ tenantId, email, password: 'a password', role: 'STAFF' });
    const unknown = await workOf('unknown@shops.test');
    expect(unknown[0]).toBe(4);
    expect(await workOf(OWNER.email)).toEqual(unknown);
    expect(await workOf(email)).toEqual(unknown);
  });

  test('is counted for the account that the right password opens, and no other spelling opens that account', async () => {
    await accounts.services.createUser({
      tenantId: demo.id,
      email: 'iris@demo.test',
      password: 'her password',
      role: 'STAFF',
    });
    for (const email of [
      'iris@demo.test',
      'IRIS@demo.test',
      'İris@demo.test',
      'ırıs@demo.test',
      'iri\u017f@demo.test',
    ]) {
      const opened = (await login(email, 'her password')).accessToken !== null;
      expect([email, opened]).toEqual([email, caseless(email) === 'iris@demo.test']);
    }
  });
});

describe('staying logged in', () => {
  test('a refresh token is exchanged for new tokens, whatever tenant the request names', async () => {
    const first = await login(OWNER.email, OWNER.password);
    const second = await refresh(first.refreshToken, acme.id);
    expect(second).toMatchObject({ user: { email: OWNER.email }, userErrors: [] });
    expect(tenantOf(second)).toBe(demo.id);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await refresh(second.refreshToken)).toMatchObject({ userErrors: [] });
  });

  test('a used token that is presented later ends its whole session, and no other session', async () => {
    const [stolen, unrelated] = [await login(OWNER.email, OWNER.password), await login(OWNER.email, OWNER.password)];
    const next = await refresh(stolen.refreshToken);
    accounts.clock.advance(10_000);
    const refused = { accessToken: null, refreshToken: null, userErrors: [{ code: 'INVALID_REFRESH_TOKEN' }] };
    expect(await refresh(stolen.refreshToken)).toMatchObject(refused);
    expect(await refresh(next.refreshToken)).toMatchObject(refused);
    expect(await refresh(unrelated.refreshToken)).toMatchObject({ userErrors: [] });
  });

  test('two tabs that present one token at the same time get the same successor', async () => {
    const { refreshToken } = await login(OWNER.email, OWNER.password);
    const [one, other] = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect([one?.userErrors, other?.userErrors]).toEqual([[], []]);
    expect(one?.refreshToken).toBe(other?.refreshToken);
    expect((await refresh(one?.refreshToken ?? null)).userErrors).toEqual([]);
  });

  test('a client that lost the response can repeat the exchange within seconds, and stays logged in', async () => {
    const { refreshToken } = await login(OWNER.email, OWNER.password);
    const lost = await refresh(refreshToken);
    accounts.clock.advance(9_000);
    const again = await refresh(refreshToken);
    expect(again).toMatchObject({ accessToken: expect.any(String), userErrors: [] });
    expect(again.refreshToken).toBe(lost.refreshToken);
    accounts.clock.advance(60_000);
    expect((await refresh(again.refreshToken)).userErrors).toEqual([]);
  });

  test('a token whose successor was used ends its session at once, because its client received the response', async () => {
    const { refreshToken } = await login(OWNER.email, OWNER.password);
    const second = await refresh(refreshToken);
    const third = await refresh(second.refreshToken);
    expect((await refresh(refreshToken)).userErrors).toEqual([{ code: 'INVALID_REFRESH_TOKEN' }]);
    expect((await refresh(third.refreshToken)).userErrors).toEqual([{ code: 'INVALID_REFRESH_TOKEN' }]);
  });

  test('a starting gateway can read the recently ended sessions of all tenants in pages', async () => {
    const start = accounts.clock.now();
    const sid = ({ accessToken }: Tokens) => String(decodeJwt(String(accessToken))['sid']);
    const [one, stays] = [await login(OWNER.email, OWNER.password), await login(OWNER.email, OWNER.password)];
    await accounts.services.createUser({
      tenantId: acme.id,
      email: 'a@acme.test',
      password: 'acme password',
      role: 'STAFF',
    });
    const other = await login('a@acme.test', 'acme password', acme.id);
    for (const { refreshToken } of [one, other]) {
      accounts.clock.advance(1000);
      await accounts.execute(testActors([], demo.id).shopper, LOGOUT, { refreshToken });
    }
    const first = { endedAt: start, sessionId: 'ffffffff-ffff-4fff-bfff-ffffffffffff' };
    const ended = await accounts.services.sessionsEndedAfter(first);
    expect(ended.map(({ sessionId }) => sessionId)).toEqual([sid(one), sid(other)]);
    expect(ended.map(({ sessionId }) => sessionId)).not.toContain(sid(stays));
    expect(await accounts.services.sessionsEndedAfter(ended[0] ?? first)).toEqual(ended.slice(1));
    expect(await accounts.services.sessionsEndedAfter(ended[1] ?? first)).toEqual([]);
  });

  test('a logged-out session cannot be renewed, and an unknown token is refused', async () => {
    const { refreshToken } = await login(OWNER.email, OWNER.password);
    for (const token of [refreshToken, 'unknown'])
      expect(
        (await accounts.execute(testActors([], acme.id).shopper, LOGOUT, { refreshToken: token })).data?.['logout'],
      ).toEqual({
        userErrors: [],
      });
    expect((await refresh(refreshToken)).userErrors).toEqual([{ code: 'INVALID_REFRESH_TOKEN' }]);
    expect((await refresh('unknown')).userErrors).toEqual([{ code: 'INVALID_REFRESH_TOKEN' }]);
  });

  test('the end of a session is published once', async () => {
    const { accessToken, refreshToken } = await login(OWNER.email, OWNER.password);
    const { sid, sub } = decodeJwt(String(accessToken));
    for (let times = 0; times < 2; times++)
      await accounts.execute(testActors([], demo.id).shopper, LOGOUT, { refreshToken });
    const admin = await accounts.database.connect();
    const told = await admin.query(
      `select payload from accounts.outbox_event where subject = 'accounts.session.ended' and aggregate_id = $1`,
      [sid],
    );
    expect(told.rows).toEqual([{ payload: { sessionId: sid, userId: sub } }]);
  });

  test('a session ends after seven days', async () => {
    const { refreshToken } = await login(OWNER.email, OWNER.password);
    accounts.clock.advance(7 * 24 * 60 * 60_000);
    expect((await refresh(refreshToken)).userErrors).toHaveLength(1);
  });
});

describe('me', () => {
  const ME = '{ me { id email role tenant { id slug name } } }';

  test('is the user with their tenant', async () => {
    const { accessToken } = await login(OWNER.email, OWNER.password);
    const userId = String(accessToken && decodeJwt(accessToken).sub);
    expect((await accounts.execute(testContext({ tenantId: demo.id, userId }), ME)).data).toEqual({
      me: { id: userId, email: OWNER.email, role: 'OWNER', tenant: { id: demo.id, slug: 'demo', name: 'Demo' } },
    });
    expect((await accounts.execute(testContext({ tenantId: acme.id, userId }), ME)).data).toEqual({ me: null });
  });

  test('is refused for an anonymous caller', async () => {
    expect(await accounts.execute(testActors([], demo.id).shopper, ME)).toMatchObject({
      data: { me: null },
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });
});
