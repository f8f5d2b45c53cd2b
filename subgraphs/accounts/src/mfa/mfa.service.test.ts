import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testActors } from '@souk/kit/testing';
import { decodeJwt } from 'jose';
import { generateSync } from 'otplib';
import { ALL_SCOPES, startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';

const ERRORS = 'userErrors { code field }';
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { accessToken challenge { token expiresAt } ${ERRORS} } }`;
const VERIFY = `mutation ($input: LoginVerifyInput!) {
  loginVerify(input: $input) { accessToken refreshToken user { email } challenge { token } userErrors { __typename code field } }
}`;
const ENROLL = `mutation ($input: MfaEnrollInput!) { mfaEnroll(input: $input) { secret uri ${ERRORS} } }`;
const CONFIRM = `mutation ($input: MfaConfirmInput!) { mfaConfirm(input: $input) { recoveryCodes ${ERRORS} } }`;
const DISABLE = `mutation ($input: MfaDisableInput!) { mfaDisable(input: $input) { ${ERRORS} } }`;
const REPLACE = `mutation ($input: MfaRecoveryCodesReplaceInput!) {
  mfaRecoveryCodesReplace(input: $input) { recoveryCodes ${ERRORS} }
}`;
const RESET = `mutation ($input: UserMfaResetInput!) { userMfaReset(input: $input) { user { email } ${ERRORS} } }`;
const STATUS = '{ mfa { confirmedAt recoveryCodesLeft } }';

interface Payload {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  readonly accessToken: string | null;
  readonly challenge: { readonly token: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

const PASSWORD = 'a long password of a colleague';
let accounts: AccountsFixture;
let tenant: { readonly id: string };
let email: string;
let userId: string;
let user: RequestContext;
let count = 0;

beforeAll(async () => {
  accounts = await startAccounts();
  tenant = await accounts.services.createTenant({ slug: 'mfa', name: 'Lamps', hosts: [] });
});
afterAll(() => accounts.close());
beforeEach(async () => {
  count += 1;
  email = `colleague-${count}@mfa.test`;
  userId = (await accounts.services.createUser({ tenantId: tenant.id, email, password: PASSWORD, role: 'STAFF' })).id;
  user = { ...testActors([], tenant.id).shopper, actor: { kind: 'user', userId, role: 'STAFF', scopes: [] } };
});

async function send(ctx: RequestContext, document: string, input: object): Promise<Payload> {
  const { data, errors } = await accounts.execute(ctx, document, { input });
  expect(errors).toBeUndefined();
  return Object.values(data ?? {})[0] as Payload;
}
const stranger = () => testActors([], tenant.id).shopper;
const login = () => send(stranger(), LOGIN, { email, password: PASSWORD });
const codeOf = (secret: string) => generateSync({ secret, epoch: accounts.clock.now().getTime() / 1000 });
const verify = (challenge: string, code: string) => send(stranger(), VERIFY, { challenge, code });
const nextStep = () => accounts.clock.advance(30_000);
const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);

/** Enrolls an app for the user and confirms its first code. */
async function enrolled() {
  const { secret } = await send(user, ENROLL, { password: PASSWORD });
  const { recoveryCodes } = await send(user, CONFIRM, { code: codeOf(secret) });
  nextStep();
  return { secret, recoveryCodes };
}

async function challenged(): Promise<string> {
  const { accessToken, challenge } = await login();
  expect(accessToken).toBeNull();
  return challenge?.token ?? '';
}

test('an app counts only after its first code', async () => {
  const { secret } = await send(user, ENROLL, { password: PASSWORD });
  expect((await login()).accessToken).not.toBeNull();
  expect(codes(await send(user, CONFIRM, { code: '000000' }))).toEqual(['MFA_CODE_INVALID']);
  expect((await send(user, CONFIRM, { code: codeOf(secret) })).recoveryCodes).toHaveLength(10);
  expect((await login()).accessToken).toBeNull();
  expect((await accounts.query<{ mfa: unknown }>(user, STATUS)).mfa).toEqual({
    confirmedAt: accounts.clock.now().toISOString(),
    recoveryCodesLeft: 10,
  });
});

test('a login with the code of the app opens a session', async () => {
  const { secret } = await enrolled();
  const verified = await verify(await challenged(), codeOf(secret));
  expect(verified).toMatchObject({ user: { email }, challenge: null, userErrors: [] });
  expect(decodeJwt(verified.accessToken ?? '')).toMatchObject({ sub: userId, tid: tenant.id });
});

test('a code is accepted once, also by two logins at the same time', async () => {
  const { secret } = await enrolled();
  const challenge = await challenged();
  const both = await Promise.all([1, 2].map(() => verify(challenge, codeOf(secret))));
  expect(both.flatMap(codes)).toEqual(['MFA_CODE_INVALID']);
});

test('a recovery code opens a session once', async () => {
  const { recoveryCodes } = await enrolled();
  const code = recoveryCodes[3]?.toUpperCase() ?? '';
  expect((await verify(await challenged(), code)).accessToken).not.toBeNull();
  expect(codes(await verify(await challenged(), code))).toEqual(['MFA_CODE_INVALID']);
  expect((await accounts.query<{ mfa: unknown }>(user, STATUS)).mfa).toMatchObject({ recoveryCodesLeft: 9 });
});

test('a challenge expires after five minutes', async () => {
  const { secret } = await enrolled();
  const challenge = await challenged();
  accounts.clock.advance(300_000);
  expect((await verify(challenge, codeOf(secret))).userErrors).toMatchObject([
    { code: 'CHALLENGE_INVALID', field: ['challenge'] },
  ]);
});

test('ten wrong codes lock the account, and a right code is refused while it is locked', async () => {
  const { secret } = await enrolled();
  const challenge = await challenged();
  for (let n = 0; n < 10; n += 1) expect(codes(await verify(challenge, '000000'))).toEqual(['MFA_CODE_INVALID']);
  const locked = await verify(challenge, codeOf(secret));
  expect(locked.userErrors).toMatchObject([{ __typename: 'TooManyAttemptsError', code: 'TOO_MANY_ATTEMPTS' }]);
  nextStep();
  expect((await verify(challenge, codeOf(secret))).accessToken).not.toBeNull();
});

test('of many wrong codes at the same time, only ten are checked', async () => {
  await enrolled();
  const challenge = await challenged();
  const tried = await Promise.all(Array.from({ length: 20 }, () => verify(challenge, '000000')));
  expect(tried.flatMap(codes).filter((code) => code === 'MFA_CODE_INVALID')).toHaveLength(10);
  expect(tried.flatMap(codes).filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(10);
});

test('a new password invalidates the challenges of the earlier password', async () => {
  const { secret } = await enrolled();
  const challenge = await challenged();
  const admin = await accounts.database.connect();
  await admin.query('update accounts.user_account set password_hash = $2 where id = $1', [userId, '$argon2id$new']);
  expect(codes(await verify(challenge, codeOf(secret)))).toEqual(['CHALLENGE_INVALID']);
});

describe('the app of the user who is logged in', () => {
  test('is created with the password only, and not twice', async () => {
    expect(codes(await send(user, ENROLL, { password: 'wrong' }))).toEqual(['INVALID_CREDENTIALS']);
    await enrolled();
    expect(codes(await send(user, ENROLL, { password: PASSWORD }))).toEqual(['MFA_ACTIVE']);
  });

  test('is removed with a code', async () => {
    const { secret } = await enrolled();
    expect(codes(await send(user, DISABLE, { code: '123456' }))).toEqual(['MFA_CODE_INVALID']);
    expect(codes(await send(user, DISABLE, { code: codeOf(secret) }))).toEqual([]);
    expect((await login()).accessToken).not.toBeNull();
    expect(codes(await send(user, DISABLE, { code: codeOf(secret) }))).toEqual(['MFA_MISSING']);
  });

  test('gets new recovery codes, and the earlier ones no longer work', async () => {
    const { secret, recoveryCodes } = await enrolled();
    const replaced = await send(user, REPLACE, { code: codeOf(secret) });
    expect(replaced.recoveryCodes).toHaveLength(10);
    const challenge = await challenged();
    expect(codes(await verify(challenge, recoveryCodes[0] ?? ''))).toEqual(['MFA_CODE_INVALID']);
    expect((await verify(challenge, replaced.recoveryCodes[0] ?? '')).accessToken).not.toBeNull();
  });
});

test('an owner resets the app of a member, whose open challenges become invalid', async () => {
  const { secret } = await enrolled();
  const challenge = await challenged();
  const owner = testActors(ALL_SCOPES, tenant.id).owner;
  expect(await send(owner, RESET, { id: userId })).toMatchObject({ user: { email }, userErrors: [] });
  expect(codes(await verify(challenge, codeOf(secret)))).toEqual(['CHALLENGE_INVALID']);
  expect((await login()).accessToken).not.toBeNull();
});

test('owners do not reset their own app, because a stolen session could', async () => {
  const own: RequestContext = { ...user, actor: { kind: 'user', userId, role: 'OWNER', scopes: ALL_SCOPES } };
  expect(codes(await send(own, RESET, { id: userId }))).toEqual(['OWN_ACCOUNT']);
});
