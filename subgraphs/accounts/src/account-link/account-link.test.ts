import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UnitOfWork } from '@souk/kit/persistence';
import { InProcessCommands } from '@souk/kit/messaging';
import { createLogger } from '@souk/kit/runtime';
import { testActors, testContext } from '@souk/kit/testing';
import { decodeJwt } from 'jose';
import { entities, type AccountsDatabase } from '../database.ts';
import type { Mail } from '../message/mail.ts';
import { MessageComposer } from '../message/message-composer.service.ts';
import { MessageSenderJob } from '../message/message-sender.job.ts';
import { LINK_SECRET, startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';
import { MfaKeys } from '../mfa-factor/mfa-keys.ts';
import { SessionService } from '../session/session.service.ts';
import { SigningKeys } from '../session/signing-keys.ts';
import { scopesOfRoles } from '../user/role.policy.ts';
import { AccountLinkService } from './account-link.service.ts';
import { linkCleanUpJob } from './link-clean-up.job.ts';

const REQUEST = (field: string, input: string) =>
  `mutation ($input: ${input}!) { ${field}(input: $input) { userErrors { code field } } }`;
const REGISTER = REQUEST('customerRegister', 'CustomerRegisterInput');
const REQUEST_RESET = REQUEST('passwordResetRequest', 'PasswordResetRequestInput');
const REQUEST_LOGIN = REQUEST('loginLinkRequest', 'LoginLinkRequestInput');
const USE = (field: string, input: string) =>
  `mutation ($input: ${input}!) { ${field}(input: $input) { accessToken refreshToken user { email role } userErrors { code field } } }`;
const VERIFY = USE('customerVerify', 'CustomerVerifyInput');
const RESET = USE('passwordReset', 'PasswordResetInput');
const LOGIN_BY_LINK = USE('loginLinkUse', 'LoginLinkUseInput');
const LOGIN = USE('login', 'LoginInput');
const REFRESH = USE('tokenRefresh', 'TokenRefreshInput');

const PASSWORD = 'four slow herons wade';
const OTHER_PASSWORD = 'five loud geese argue';
const INVALID = { accessToken: null, userErrors: [{ code: 'LINK_INVALID', field: ['token'] }] };
const MINUTE_MS = 60_000;

let accounts: AccountsFixture;
let sender: MessageSenderJob;
let tenantId: string;
const mails: Mail[] = [];

beforeAll(async () => {
  accounts = await startAccounts();
  tenantId = (await accounts.services.createTenant({ slug: 'links', name: 'Lamps & Co', hosts: [] })).id;
  const unitOfWork = new UnitOfWork<AccountsDatabase>(await accounts.database.openOrm('accounts', entities));
  const { clock } = accounts;
  const issuer = { keys: new SigningKeys([]), mfa: new MfaKeys(undefined), roleScopes: scopesOfRoles([]) };
  const sessions = new SessionService(unitOfWork, issuer, clock);
  const links = new AccountLinkService({ unitOfWork, clock, linkSecret: LINK_SECRET, sessions });
  const composing = {
    unitOfWork,
    commands: new InProcessCommands(),
    mailFrom: 'shop@lamps.test',
    invitationMail: async () => null,
    confirmationMail: async () => null,
  };
  const publicUrl = () => 'https://shop.test';
  const composer = new MessageComposer({ ...composing, describeLink: (ctx, id) => links.describe(ctx, id), publicUrl });
  const transport = { send: async (mail: Mail) => void mails.push(mail) };
  sender = new MessageSenderJob({ unitOfWork, logger: createLogger({ level: 'silent' }), transport, composer });
});
afterAll(() => accounts.close());

interface Answer {
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly userErrors: readonly { readonly code: string }[];
}

/** Runs a mutation as a caller without a login, and returns the payload. */
async function call(document: string, input: Record<string, unknown>, tenant = tenantId): Promise<Answer> {
  const { data, errors } = await accounts.execute(testActors([], tenant).shopper, document, { input });
  expect(errors).toBeUndefined();
  return Object.values(data ?? {})[0] as Answer;
}

/** Sends the queued mails. @returns the subject and the link of each mail to the address */
async function mailsTo(email: string) {
  mails.length = 0;
  await sender.run();
  return mails
    .filter(({ to }) => to === email)
    .map(({ subject, text }) => {
      const [, page = '', token = ''] = /https:\/\/shop\.test\/store\/account\/(\w+)#token=([\w-]+)/.exec(text) ?? [];
      return { subject, page, token };
    });
}

const anyone = () => `${randomUUID().slice(0, 8)}@mail.test`;

/** Registers an address and opens the account with the link from the mail. */
async function shopperWith(email = anyone()) {
  await call(REGISTER, { email });
  const [mail] = await mailsTo(email);
  return { email, token: mail?.token, tokens: await call(VERIFY, { token: mail?.token, password: PASSWORD }) };
}

describe('a registration', () => {
  test('opens the account when the owner of the mailbox chooses the password, and not before', async () => {
    const email = anyone();
    expect(await call(REGISTER, { email, name: 'Ada' })).toEqual({ userErrors: [] });
    expect(await call(LOGIN, { email, password: PASSWORD })).toMatchObject({ accessToken: null });
    const [mail, ...others] = await mailsTo(email);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ subject: 'Open your account at Lamps & Co', page: 'verify' });
    const opened = await call(VERIFY, { token: mail?.token, password: PASSWORD });
    expect(opened).toMatchObject({ user: { email, role: 'SHOPPER' }, userErrors: [] });
    expect(decodeJwt(opened.accessToken ?? '')).toMatchObject({ customer: expect.any(String), tid: tenantId });
    expect(await call(LOGIN, { email, password: PASSWORD })).toMatchObject({ user: { email } });
  });

  test('answers the same for an address with an account, whose owner gets another mail', async () => {
    const { email } = await shopperWith();
    expect(await call(REGISTER, { email: email.toUpperCase() })).toEqual({ userErrors: [] });
    const [mail] = await mailsTo(email);
    expect(mail).toMatchObject({ subject: 'You have an account at Lamps & Co', page: 'login' });
  });

  test('keeps the link when the password is breached or short', async () => {
    const email = anyone();
    await call(REGISTER, { email });
    const [mail] = await mailsTo(email);
    expect(await call(VERIFY, { token: mail?.token, password: 'password1234' })).toMatchObject({
      userErrors: [{ code: 'PASSWORD_COMMON', field: ['password'] }],
    });
    expect(await call(VERIFY, { token: mail?.token, password: 'short' })).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', field: ['password'] }],
    });
    expect(await call(VERIFY, { token: mail?.token, password: PASSWORD })).toMatchObject({ user: { email } });
  });

  test('refuses a text that is no e-mail address', async () => {
    expect(await call(REGISTER, { email: 'no address' })).toEqual({
      userErrors: [{ code: 'INVALID_INPUT', field: ['email'] }],
    });
  });
});

describe('a link', () => {
  test('works once, also for two requests at the same time', async () => {
    const email = anyone();
    await call(REGISTER, { email });
    const [mail] = await mailsTo(email);
    const use = () => call(VERIFY, { token: mail?.token, password: PASSWORD });
    const answers = await Promise.all([use(), use()]);
    expect(answers.filter(({ accessToken }) => accessToken !== null)).toHaveLength(1);
    expect(await use()).toMatchObject(INVALID);
  });

  test('expires', async () => {
    const { email } = await shopperWith();
    await call(REQUEST_LOGIN, { email });
    const [mail] = await mailsTo(email);
    accounts.clock.advance(15 * MINUTE_MS);
    expect(await call(LOGIN_BY_LINK, { token: mail?.token })).toMatchObject(INVALID);
  });

  test('works for its purpose and in its shop only', async () => {
    const { email } = await shopperWith();
    await call(REQUEST_LOGIN, { email });
    const [mail] = await mailsTo(email);
    expect(await call(RESET, { token: mail?.token, password: OTHER_PASSWORD })).toMatchObject(INVALID);
    expect(await call(LOGIN_BY_LINK, { token: mail?.token }, randomUUID())).toMatchObject(INVALID);
    expect(await call(LOGIN_BY_LINK, { token: randomUUID() })).toMatchObject(INVALID);
    expect(await call(LOGIN_BY_LINK, { token: mail?.token })).toMatchObject({ user: { email }, userErrors: [] });
  });

  test('is sent at most five times an hour to a mailbox, and the sixth answer is the same', async () => {
    const email = anyone();
    for (let n = 0; n < 6; n += 1) expect(await call(REGISTER, { email })).toEqual({ userErrors: [] });
    expect(await mailsTo(email)).toHaveLength(5);
    accounts.clock.advance(61 * MINUTE_MS);
    await call(REGISTER, { email });
    expect(await mailsTo(email)).toHaveLength(1);
  });

  test('is not sent when it expired before the mail could leave', async () => {
    const { email } = await shopperWith();
    await call(REQUEST_LOGIN, { email });
    accounts.clock.advance(16 * MINUTE_MS);
    expect(await mailsTo(email)).toEqual([]);
  });

  test('is deleted some time after its end', async () => {
    const email = anyone();
    await call(REGISTER, { email });
    const admin = await accounts.database.connect();
    await admin.query(`update accounts.account_link set expires_at = now() - interval '2 hours' where email = $1`, [
      email,
    ]);
    const unitOfWork = new UnitOfWork<AccountsDatabase>(await accounts.database.openOrm('accounts', entities));
    await linkCleanUpJob(unitOfWork).run();
    const { rows } = await admin.query('select 1 from accounts.account_link where email = $1', [email]);
    expect(rows).toEqual([]);
  });
});

describe('a reset of the password', () => {
  test('changes the password, and ends all sessions', async () => {
    const { email, tokens } = await shopperWith();
    expect(await call(REQUEST_RESET, { email })).toEqual({ userErrors: [] });
    const [mail] = await mailsTo(email);
    expect(mail).toMatchObject({ page: 'reset' });
    const reset = await call(RESET, { token: mail?.token, password: OTHER_PASSWORD });
    expect(reset).toMatchObject({ user: { email } });
    expect(await call(REFRESH, { refreshToken: tokens.refreshToken })).toMatchObject({ accessToken: null });
    expect(await call(REFRESH, { refreshToken: reset.refreshToken })).toMatchObject({ user: { email } });
    expect(await call(LOGIN, { email, password: PASSWORD })).toMatchObject({ accessToken: null });
    expect(await call(LOGIN, { email, password: OTHER_PASSWORD })).toMatchObject({ user: { email } });
  });

  test.each([
    ['reset', REQUEST_RESET],
    ['login', REQUEST_LOGIN],
  ])(
    'a %s request answers the same for an unknown address and for staff, and sends no mail',
    async (_what, document) => {
      const staff = anyone();
      await accounts.services.createUser({ tenantId, email: staff, password: PASSWORD, role: 'STAFF' });
      for (const email of [staff, anyone()]) {
        expect(await call(document, { email })).toEqual({ userErrors: [] });
        expect(await mailsTo(email)).toEqual([]);
      }
    },
  );
});

test('the tables contain neither tokens nor passwords', async () => {
  const { token } = await shopperWith();
  const admin = await accounts.database.connect();
  const { rows } = await admin.query('select * from accounts.account_link');
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('mails are in the language of the request', async () => {
  const email = anyone();
  const ctx = { ...testContext({ tenantId }), locale: 'de-AT' };
  await accounts.execute(ctx, REGISTER, { input: { email } });
  expect(await mailsTo(email)).toMatchObject([{ subject: 'Ihr Konto bei Lamps & Co' }]);
});
