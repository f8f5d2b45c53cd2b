import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { InProcessCommands } from '@souk/kit/messaging';
import { UnitOfWork } from '@souk/kit/persistence';
import { createLogger } from '@souk/kit/runtime';
import { testActors, type TestActors } from '@souk/kit/testing';
import { decodeJwt } from 'jose';
import { entities, type AccountsDatabase } from '../database.ts';
import type { Mail } from '../message/mail.ts';
import { MessageComposer } from '../message/message-composer.service.ts';
import { MessageSenderJob } from '../message/message-sender.job.ts';
import { invitationMails } from './invitation-mail.service.ts';
import { ALL_SCOPES, startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';

const INVITE = `mutation ($input: UserInviteInput!) {
  userInvite(input: $input) { invitation { id email role expiresAt version } userErrors { code field ... on TooManyAttemptsError { retryAfterSeconds } } }
}`;
const REVOKE = `mutation ($id: ID!) { invitationRevoke(input: { id: $id }) { deletedId userErrors { code } } }`;
const ACCEPT = `mutation ($input: InvitationAcceptInput!) {
  invitationAccept(input: $input) { accessToken refreshToken user { id email name role } userErrors { code } }
}`;
const OPEN = '{ invitations { nodes { email } } }';
const PASSWORD = 'four slow herons wade';

let accounts: AccountsFixture;
let shop: TestActors;
let elsewhere: TestActors;
const sent: Mail[] = [];
let sender: MessageSenderJob;

beforeAll(async () => {
  accounts = await startAccounts();
  const tenant = (slug: string) => accounts.services.createTenant({ slug, name: 'Lamps & Co', hosts: [] });
  shop = testActors(ALL_SCOPES, (await tenant('inviting')).id);
  elsewhere = testActors(ALL_SCOPES, (await tenant('elsewhere')).id);
  const unitOfWork = new UnitOfWork<AccountsDatabase>(await accounts.database.openOrm('accounts', entities));
  const composer = new MessageComposer({
    unitOfWork,
    invitationMail: invitationMails(unitOfWork),
    confirmationMail: async () => null,
    commands: new InProcessCommands(),
    publicUrl: () => 'https://shop.test',
    mailFrom: 'no-reply@shop.test',
    describeLink: async () => null,
  });
  const transport = { send: async (mail: Mail) => void sent.push(mail) };
  sender = new MessageSenderJob({ unitOfWork, logger: createLogger({ level: 'silent' }), transport, composer });
});
afterAll(() => accounts.close());

interface Invited {
  readonly userInvite: { readonly invitation: { readonly id: string }; readonly userErrors: readonly object[] };
}
interface Accepted {
  readonly invitationAccept: {
    readonly accessToken: string | null;
    readonly user?: { readonly id: string } | null;
    readonly userErrors: readonly object[];
  };
}

const invite = async (email: string, role = 'STAFF') =>
  (await accounts.query<Invited>(shop.owner, INVITE, { input: { email, role } })).userInvite;
const accept = async (token: string, password = PASSWORD) => {
  const input = { token, password, name: 'Bob' };
  return (await accounts.query<Accepted>(elsewhere.shopper, ACCEPT, { input })).invitationAccept;
};
/** Sends the queued mails. @returns the URL fragment of the link in the latest mail to an address */
async function linkTo(email: string): Promise<URLSearchParams> {
  await sender.run();
  const mail = sent.findLast(({ to }) => to === email);
  const [link = ''] = /https:\/\/shop\.test\/dashboard\/accept#\S+/.exec(mail?.text ?? '') ?? [];
  return new URLSearchParams(new URL(link).hash.slice(1));
}
const tokenTo = async (email: string) => String((await linkTo(email)).get('token'));

test('an invited person gets a mail, chooses a password and is logged in, once', async () => {
  expect(await invite('bob@lamps.test')).toMatchObject({
    invitation: { email: 'bob@lamps.test', role: 'STAFF', expiresAt: '2030-01-08T00:00:00.000Z' },
    userErrors: [],
  });
  const link = await linkTo('bob@lamps.test');
  expect([link.get('email'), link.get('shop')]).toEqual(['bob@lamps.test', 'Lamps & Co']);
  const token = String(link.get('token'));
  const accepted = await accept(token);
  expect(accepted).toMatchObject({ user: { email: 'bob@lamps.test', name: 'Bob', role: 'STAFF' }, userErrors: [] });
  expect(decodeJwt(String(accepted.accessToken))['tid']).toBe(shop.tenantId);
  expect((await accept(token)).userErrors).toEqual([{ code: 'INVITATION_INVALID' }]);
  expect(await invite('BOB@lamps.test')).toMatchObject({ userErrors: [{ code: 'EMAIL_TAKEN', field: ['email'] }] });
});

test('two people with one link become one user', async () => {
  await invite('eve@lamps.test');
  const token = await tokenTo('eve@lamps.test');
  const [one, other] = await Promise.all([accept(token), accept(token)]);
  expect([one, other].flatMap(({ userErrors }) => userErrors)).toEqual([{ code: 'INVITATION_INVALID' }]);
});

test('a known password is refused, and the link stays open', async () => {
  await invite('kim@lamps.test');
  const token = await tokenTo('kim@lamps.test');
  expect((await accept(token, 'password1234')).userErrors).toEqual([{ code: 'PASSWORD_COMMON' }]);
  expect((await accept(token)).userErrors).toEqual([]);
});

test('a second invitation replaces the first with its role', async () => {
  const first = await invite('ann@lamps.test');
  const token = await tokenTo('ann@lamps.test');
  const second = await invite('Ann@lamps.test', 'OWNER');
  expect(second.invitation).toMatchObject({ id: first.invitation.id, role: 'OWNER' });
  expect((await accept(token)).userErrors).toEqual([{ code: 'INVITATION_INVALID' }]);
  expect(await accept(await tokenTo('Ann@lamps.test'))).toMatchObject({ user: { role: 'OWNER' } });
});

test('an invitation ends with the rights of its sender', async () => {
  await invite('max@lamps.test', 'OWNER');
  const id = (await accept(await tokenTo('max@lamps.test'))).user?.id;
  const max = { ...shop.owner, actor: { ...shop.owner.actor, userId: id } } as typeof shop.owner;
  const inviteBy = async (ctx: typeof shop.owner, email: string, role: string) =>
    accounts.query<Invited>(ctx, INVITE, { input: { email, role } });
  await inviteBy(max, 'friend@lamps.test', 'OWNER');
  const token = await tokenTo('friend@lamps.test');
  const demote = `mutation { userRoleSet(input: { id: "${id}", role: STAFF }) { userErrors { code } } }`;
  await accounts.query(shop.owner, demote);
  expect((await accept(token)).userErrors).toEqual([{ code: 'INVITATION_INVALID' }]);
  await inviteBy(shop.owner, 'friend@lamps.test', 'OWNER');
  expect((await accept(await tokenTo('friend@lamps.test'))).userErrors).toEqual([]);
});

test('an invitation ends after seven days, and when it is revoked', async () => {
  await invite('late@lamps.test');
  const late = await tokenTo('late@lamps.test');
  const { invitation } = await invite('gone@lamps.test');
  const gone = await tokenTo('gone@lamps.test');
  await accounts.query(shop.owner, REVOKE, { id: invitation.id });
  expect((await accept(gone)).userErrors).toEqual([{ code: 'INVITATION_INVALID' }]);
  accounts.clock.advance(7 * 24 * 60 * 60_000);
  expect((await accept(late)).userErrors).toEqual([{ code: 'INVITATION_INVALID' }]);
  expect(await accounts.query(shop.owner, OPEN)).toEqual({ invitations: { nodes: [{ email: 'late@lamps.test' }] } });
  expect(await accounts.query(elsewhere.owner, OPEN)).toEqual({ invitations: { nodes: [] } });
});

test('no table holds a token', async () => {
  await invite('table@lamps.test');
  const token = await tokenTo('table@lamps.test');
  const admin = await accounts.database.connect();
  for (const table of ['user_invitation', 'message', 'outbox_event', 'idempotency_record']) {
    const { rows } = await admin.query(`select 1 from accounts.${table} t where t::text like $1`, [`%${token}%`]);
    expect([table, rows]).toEqual([table, []]);
  }
});

test('an address receives at most five invitations of a shop in an hour, revoked ones included', async () => {
  const { invitation } = await invite('often@lamps.test');
  await accounts.query(shop.owner, REVOKE, { id: invitation.id });
  for (let count = 2; count <= 5; count += 1)
    expect(await invite(count % 2 ? 'Often@Lamps.test' : 'often@lamps.test')).toMatchObject({ userErrors: [] });
  const refused = await invite('often@lamps.test');
  expect(refused).toMatchObject({
    invitation: null,
    userErrors: [{ code: 'TOO_MANY_ATTEMPTS', field: ['email'], retryAfterSeconds: expect.any(Number) }],
  });
  const [{ retryAfterSeconds } = { retryAfterSeconds: 0 }] = refused.userErrors as { retryAfterSeconds: number }[];
  expect(retryAfterSeconds).toBeGreaterThan(3000);
  expect(retryAfterSeconds).toBeLessThanOrEqual(3600);
  expect(await invite('seldom@lamps.test')).toMatchObject({ userErrors: [] });

  const admin = await accounts.database.connect();
  await admin.query('set session_replication_role = replica'); // without the trigger that keeps `created_at`
  await admin.query(
    `update accounts.message set created_at = now() - interval '1 hour' where template = 'USER_INVITED'`,
  );
  expect(await invite('often@lamps.test')).toMatchObject({ userErrors: [] });
});

test.each(['a\nb', 'a\tb', '\u001b[31mred', 'a\u2028b'])(
  'the name %j is refused with its field and the rule',
  async (name) => {
    const scopes = ['customers:read'];
    const inputs = {
      invitationAccept: ['InvitationAcceptInput', { token: 'x', password: PASSWORD, name }],
      customerRegister: ['CustomerRegisterInput', { email: 'ada@lamps.test', name }],
      apiKeyCreate: ['ApiKeyCreateInput', { name, scopes }],
      customerGroupCreate: ['CustomerGroupCreateInput', { code: 'trade', name }],
    } as const;
    for (const [mutation, [type, input]] of Object.entries(inputs)) {
      const source = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code field message } } }`;
      expect(await accounts.query(shop.owner, source, { input })).toEqual({
        [mutation]: {
          userErrors: [
            { code: 'INVALID_INPUT', field: ['name'], message: expect.stringContaining('name takes text on one line') },
          ],
        },
      });
    }
  },
);

test('a shop sends at most 50 invitations in an hour', async () => {
  const answers = [];
  for (let count = 0; count <= 50; count += 1) answers.push(await invite(`many-${count}@lamps.test`));
  const sent = answers.filter(({ userErrors }) => (userErrors as unknown[]).length === 0);
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.length).toBeLessThanOrEqual(50);
  expect(answers.at(-1)).toMatchObject({ userErrors: [{ code: 'TOO_MANY_ATTEMPTS', field: ['email'] }] });
});
