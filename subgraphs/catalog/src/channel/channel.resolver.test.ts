import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { testActors, type TestActors } from '@souk/kit/testing';
import { startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
let actors: TestActors;
beforeAll(async () => void (catalog = await startTestCatalog()));
afterAll(() => catalog.close());
beforeEach(() => void (actors = testActors(['channels:read', 'channels:write'])));

interface Channel {
  readonly id: string;
  readonly version: number;
  readonly code: string;
  readonly active: boolean;
  readonly isDefault: boolean;
}
interface Payload {
  readonly channel: Channel;
  readonly deletedId?: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

const FIELDS = 'id version code name active isDefault createdBy';
async function change(operation: 'Create' | 'Update' | 'Delete', input: object, ctx = actors.owner): Promise<Payload> {
  const shown = operation === 'Delete' ? 'deletedId' : `channel { ${FIELDS} }`;
  const document = `mutation ($input: Channel${operation}Input!) { changed: channel${operation}(input: $input) { ${shown} userErrors { code field } } }`;
  return (await catalog.query<{ changed: Payload }>(ctx, document, { input })).changed;
}
const create = (code: string, input: object = {}) => change('Create', { code, name: code, ...input });
const refusals = ({ userErrors }: Payload) => userErrors.map(({ code, field }) => [code, field]);

async function listed(ctx = actors.owner) {
  const { channels } = await catalog.query<{ channels: { nodes: Channel[] } }>(
    ctx,
    `{ channels(first: 10) { nodes { ${FIELDS} } } }`,
  );
  return channels.nodes.map(({ code, isDefault, active, version }) => [code, isDefault, active, version]);
}

test('staff create, change, list and delete channels, and each change is published', async () => {
  const { channel: web } = await create('web');
  const { channel: wholesale } = await create('wholesale');
  expect(web).toMatchObject({ version: 1, isDefault: true, active: true, createdBy: expect.any(String) });
  const changed = await change('Update', { id: wholesale.id, expectedVersion: 1, name: 'B2B', active: false });
  expect(changed.channel).toMatchObject({ code: 'wholesale', name: 'B2B', active: false, version: 2 });
  expect(await listed()).toEqual([
    ['web', true, true, 1],
    ['wholesale', false, false, 2],
  ]);
  const { channel } = await catalog.query<{ channel: Channel }>(actors.staff, '{ channel(code: "wholesale") { id } }');
  expect(channel.id).toBe(wholesale.id);
  expect(await change('Delete', { id: wholesale.id })).toMatchObject({ deletedId: wholesale.id, userErrors: [] });
  expect(await listed()).toHaveLength(1);
  const admin = await catalog.database.connect();
  const { rows } = await admin.query(
    `select subject, payload->>'change' as change from catalog.outbox_event where tenant_id = $1 order by position`,
    [actors.tenantId],
  );
  const subject = 'catalog.channel.changed';
  expect(rows).toEqual(['CREATED', 'CREATED', 'UPDATED', 'DELETED'].map((each) => ({ subject, change: each })));
});

test('another channel becomes the default, and the shop keeps exactly one', async () => {
  const { channel: web } = await create('web');
  const { channel: outlet } = await create('outlet');
  expect(refusals(await change('Update', { id: web.id, isDefault: false }))).toEqual([
    ['CHANNEL_IS_DEFAULT', ['isDefault']],
  ]);
  expect(refusals(await change('Delete', { id: web.id }))).toEqual([['CHANNEL_IS_DEFAULT', ['id']]]);
  expect((await change('Update', { id: outlet.id, isDefault: true })).channel).toMatchObject({ isDefault: true });
  await create('app', { isDefault: true });
  expect((await listed()).map(([code, isDefault]) => [code, isDefault])).toEqual([
    ['app', true],
    ['outlet', false],
    ['web', false],
  ]);
});

test('concurrent changes leave one default channel', async () => {
  const ids = [];
  for (const code of ['a', 'b', 'c', 'd']) ids.push((await create(code)).channel.id);
  const made = await Promise.all(ids.map((id) => change('Update', { id, isDefault: true })));
  expect(made.flatMap(refusals)).toEqual([]);
  expect((await listed()).filter(([, isDefault]) => isDefault)).toHaveLength(1);
});

test('a taken code, another version and an unknown channel are refused', async () => {
  const { channel } = await create('web');
  expect(refusals(await create('web'))).toEqual([['CODE_TAKEN', ['code']]]);
  expect(refusals(await change('Update', { id: channel.id, expectedVersion: 7, name: 'Shop' }))).toMatchObject([
    ['VERSION_CONFLICT', ['expectedVersion']],
  ]);
  const other = await change('Update', { id: channel.id, name: 'Mine' }, actors.otherTenant);
  expect(refusals(other)).toEqual([['NOT_FOUND', ['id']]]);
});

test('only staff with the scope see and change channels', async () => {
  await create('web');
  await expect(listed(actors.shopper)).rejects.toThrow('Sign in first');
  const reader = actors.staffWith('channels:read');
  expect(await listed(reader)).toHaveLength(1);
  await expect(change('Create', { code: 'x', name: 'X' }, reader)).rejects.toThrow('Your role does not allow this');
});
