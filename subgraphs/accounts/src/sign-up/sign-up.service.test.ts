import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InProcessCommands } from '@souk/kit/messaging';
import { UnitOfWork } from '@souk/kit/persistence';
import { createLogger } from '@souk/kit/runtime';
import { startTestSubgraph, testActors } from '@souk/kit/testing';
import { decodeJwt } from 'jose';
import { TenantChanged } from '../contract.ts';
import { entities, type AccountsDatabase } from '../database.ts';
import { EmailConfirmationService } from '../email-confirmation/email-confirmation.service.ts';
import { accounts as definition, generateSigningKey } from '../index.ts';
import type { Mail } from '../message/mail.ts';
import { MessageComposer } from '../message/message-composer.service.ts';
import { MessageSenderJob } from '../message/message-sender.job.ts';
import { LINK_SECRET, startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';

const SIGN_UP = `mutation ($input: SignUpInput!) {
  signUp(input: $input) {
    accessToken
    user { email name role emailVerified tenant { id slug name } }
    userErrors { __typename code field ... on SlugUnavailableError { suggestion } }
  }
}`;
const CONFIRM = `mutation ($input: EmailConfirmInput!) { emailConfirm(input: $input) { userErrors { code field } } }`;
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { user { emailVerified tenant { slug } } userErrors { code } } }`;
const PASSWORD = 'four slow herons wade';

let accounts: AccountsFixture;
let sender: MessageSenderJob;
const mails: Mail[] = [];
beforeAll(async () => {
  accounts = await startAccounts();
  const unitOfWork = new UnitOfWork<AccountsDatabase>(await accounts.database.openOrm('accounts', entities));
  const composer = new MessageComposer({
    unitOfWork,
    commands: new InProcessCommands(),
    publicUrl: () => 'https://souk.test',
    mailFrom: 'no-reply@souk.test',
    describeLink: async () => null,
    invitationMail: async () => null,
    confirmationMail: new EmailConfirmationService(unitOfWork, accounts.clock).mail,
  });
  const transport = { send: async (mail: Mail) => void mails.push(mail) };
  sender = new MessageSenderJob({ unitOfWork, logger: createLogger({ level: 'silent' }), transport, composer });
});
afterAll(() => accounts.close());

interface Payload {
  readonly accessToken: string | null;
  readonly user: {
    readonly emailVerified: boolean;
    readonly tenant: { readonly id: string; readonly slug: string };
  } | null;
  readonly userErrors: readonly { readonly code: string; readonly suggestion?: string | null }[];
}

/** A caller without a login, in a tenant that does not exist. */
const { shopper: visitor } = testActors([], randomUUID());
const anyone = () => `${randomUUID().slice(0, 8)}@mail.test`;
const newShop = (slug: string, more: object = {}) => ({
  shopName: 'Lamps & Co',
  slug,
  ownerName: 'Ada Lampe',
  email: anyone(),
  password: PASSWORD,
  defaultCurrency: 'CHF',
  defaultLocale: 'DE-ch',
  countryCode: 'CH',
  ...more,
});
async function call(document: string, input: object, ctx = visitor): Promise<Payload> {
  const { data, errors } = await accounts.execute(ctx, document, { input });
  expect(errors).toBeUndefined();
  return Object.values(data ?? {})[0] as Payload;
}
/** Sends the queued mails. @returns the token in the link of the latest mail to an address */
async function tokenTo(email: string): Promise<string> {
  await sender.run();
  const { text = '' } = mails.findLast(({ to }) => to === email) ?? {};
  const [link = ''] = /https:\/\/souk\.test\/dashboard\/confirm#\S+/.exec(text) ?? [];
  return String(new URLSearchParams(new URL(link).hash.slice(1)).get('token'));
}
const linkTo = async (email: string) => ({ token: await tokenTo(email) });

test('a new shop has an owner who is logged in, its names, and an event with its defaults', async () => {
  const input = newShop('lamps');
  const { accessToken, user } = await call(SIGN_UP, input);
  expect(user).toMatchObject({
    email: input.email,
    name: 'Ada Lampe',
    role: 'OWNER',
    emailVerified: false,
    tenant: { slug: 'lamps', name: 'Lamps & Co' },
  });
  const tenantId = user?.tenant.id;
  expect(decodeJwt(String(accessToken))).toMatchObject({ tid: tenantId, role: 'OWNER' });
  expect(await accounts.services.tenantBySlug('LAMPS')).toMatchObject({ id: tenantId, plan: 'STARTER' });
  const admin = await accounts.database.connect();
  const { rows } = await admin.query(
    `select payload from accounts.outbox_event where tenant_id = $1 and subject = $2`,
    [tenantId, TenantChanged.subject],
  );
  expect(rows).toMatchObject([
    {
      payload: {
        tenantId,
        slug: 'lamps',
        hosts: [],
        defaultCurrency: 'CHF',
        defaultLocale: 'de-CH',
        countryCode: 'CH',
        change: 'CREATED',
      },
    },
  ]);
});

describe('a refused sign-up', () => {
  test('names a free slug: taken, also by two sign-ups at the same time, reserved and malformed', async () => {
    const both = await Promise.all([call(SIGN_UP, newShop('vases')), call(SIGN_UP, newShop('vases'))]);
    const refused = {
      __typename: 'SlugUnavailableError',
      code: 'SLUG_TAKEN',
      field: ['slug'],
      suggestion: 'vases-shop',
    };
    expect(both.flatMap(({ userErrors }) => userErrors)).toEqual([refused]);
    expect((await call(SIGN_UP, newShop('admin'))).userErrors).toMatchObject([
      { code: 'SLUG_RESERVED', suggestion: 'admin-shop' },
    ]);
    expect((await call(SIGN_UP, newShop('Vases!'))).userErrors).toMatchObject([
      { code: 'SLUG_INVALID', suggestion: 'vases-shop' },
    ]);
  });

  test.each([
    [{ password: 'password1234' }, 'PASSWORD_COMMON', 'password'],
    [{ password: 'short' }, 'INVALID_INPUT', 'password'],
    [{ email: 'no address' }, 'INVALID_INPUT', 'email'],
    [{ defaultLocale: 'not_a_locale' }, 'INVALID_INPUT', 'defaultLocale'],
    [{ shopName: ' ' }, 'INVALID_INPUT', 'shopName'],
  ])('%j leaves nothing behind', async (wrong, code, field) => {
    const { userErrors } = await call(SIGN_UP, newShop('refused', wrong));
    expect(userErrors).toMatchObject([{ code, field: [field] }]);
    expect(await accounts.services.tenantBySlug('refused')).toBeNull();
  });
});

describe('the e-mail address of an owner', () => {
  test('is proven once by the link of the mail, in any shop', async () => {
    const input = newShop('proven');
    await call(SIGN_UP, input);
    const link = await linkTo(input.email);
    expect((await call(CONFIRM, { token: `${link.token}x` })).userErrors).toEqual([
      { code: 'LINK_INVALID', field: ['token'] },
    ]);
    expect((await call(CONFIRM, link)).userErrors).toEqual([]);
    expect((await call(CONFIRM, link)).userErrors).toMatchObject([{ code: 'LINK_INVALID' }]);
    const login = await call(LOGIN, { email: input.email, password: PASSWORD });
    expect(login.user).toMatchObject({ emailVerified: true, tenant: { slug: 'proven' } });
  });

  test('must be proven for a login that does not name the shop, so shops of strangers hide no account', async () => {
    const email = anyone();
    const strangers = ['hide-1', 'hide-2', 'hide-3', 'hide-4'];
    for (const slug of strangers) await call(SIGN_UP, newShop(slug, { email, password: 'a password of a stranger' }));
    const { id: tenantId } = await accounts.services.createTenant({ slug: 'honest', name: 'Honest', hosts: [] });
    await accounts.services.createUser({ tenantId, email, password: PASSWORD, role: 'OWNER' });
    const login = await call(LOGIN, { email, password: PASSWORD });
    expect(login.user?.tenant.slug).toBe('honest');
    const stranger = { email, password: 'a password of a stranger' };
    expect((await call(LOGIN, stranger)).userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    const hidden = await accounts.services.tenantBySlug('hide-1');
    const within = testActors([], String(hidden?.id)).shopper;
    expect((await call(LOGIN, stranger, within)).user?.tenant.slug).toBe('hide-1');
  });

  test('is not proven by a link that has expired', async () => {
    const input = newShop('expired');
    await call(SIGN_UP, input);
    const link = await linkTo(input.email);
    accounts.clock.advance(8 * 24 * 60 * 60_000);
    expect((await call(CONFIRM, link)).userErrors).toMatchObject([{ code: 'LINK_INVALID' }]);
  });
});

test('the operator can switch sign-ups off, and give new shops a host name', async () => {
  const settings = { signingKeyPem: generateSigningKey(), linkSecret: LINK_SECRET };
  const { database } = accounts;
  const open = await startTestSubgraph(definition, { settings: { ...settings, shopDomain: 'shops.test' }, database });
  await open.execute(visitor, SIGN_UP, { input: newShop('hosted') });
  expect(await open.services.tenantByHost('hosted.shops.test')).toMatchObject({ slug: 'hosted' });
  const off = await startTestSubgraph(definition, { settings: { ...settings, signUp: 'off' }, database });
  const { data } = await off.execute(visitor, SIGN_UP, { input: newShop('closed-doors') });
  expect(data).toMatchObject({ signUp: { accessToken: null, userErrors: [{ code: 'SIGN_UP_OFF' }] } });
});
