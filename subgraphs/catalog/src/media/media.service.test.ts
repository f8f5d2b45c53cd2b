import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PlanOfTenant } from '@souk/accounts/contract';
import { handleCommand } from '@souk/kit/contracts';
import { createLogger } from '@souk/kit/runtime';
import { startTestSubgraph, testActors } from '@souk/kit/testing';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { catalog } from '../index.ts';
import { UnitOfWork } from '@souk/kit/persistence';
import { entities, type CatalogDatabase, type CatalogUnitOfWork } from '../database.ts';
import { shirt, type TestCatalog } from '../testing/catalog.ts';
import { MediaCleanUpJob } from './media-clean-up.job.ts';
import { MediaVariantsJob } from './media-variants.job.ts';
import { startClamdServer, type ClamdServer } from './testing/clamd-server.ts';

const MARKER = 'harmless marker of the test';
const SCOPES = ['catalog:write', 'media:read', 'media:write'];
const { staff, shopper, stranger, otherTenant } = testActors(SCOPES);

let clamd: ClamdServer;
let running: TestCatalog;
let unitOfWork: CatalogUnitOfWork;
let plan = 'STARTER';
beforeAll(async () => {
  clamd = await startClamdServer(MARKER);
  running = await startTestSubgraph(catalog, {
    settings: { clamdUrl: `tcp://127.0.0.1:${clamd.port}` },
    commands: [handleCommand(PlanOfTenant, async () => ({ plan }))],
  });
  unitOfWork = new UnitOfWork<CatalogDatabase>(await running.database.openOrm('catalog', entities));
});
afterAll(async () => {
  await running.close();
  await clamd.stop();
});

const dependencies = () => ({ unitOfWork, objects: running.objects, logger: createLogger({ level: 'silent' }) });
const makeVariants = () => new MediaVariantsJob(dependencies()).run();
const cleanUp = () => new MediaCleanUpJob(dependencies()).run();

const picture = (colour = '#3366cc') => sharp({ create: { width: 900, height: 600, channels: 3, background: colour } });

const CREATE = `mutation($input: MediaUploadCreateInput!) {
  mediaUploadCreate(input: $input) { media { id status } upload { method url } userErrors { code field message } }
}`;
const COMPLETE = `mutation($input: MediaUploadCompleteInput!) {
  mediaUploadComplete(input: $input) { media { id status } userErrors { code field message } }
}`;
const MEDIA = `query($id: ID!) { media(id: $id) {
  id version status fileName sizeBytes contentType width height alt blurHash problem
  url avif: url(format: AVIF, width: 300) ends: url(expiresInSeconds: 60)
  sources { format width height url } square: sources(fit: COVER) { width height }
} }`;

interface Created {
  mediaUploadCreate: { media: { id: string } | null; upload: { url: string } | null; userErrors: { code: string }[] };
}

const begin = (sizeBytes: number, ctx = staff, input: object = {}) =>
  running.query<Created>(ctx, CREATE, { input: { fileName: 'lamp.jpg', sizeBytes, ...input } });

/** Begins an upload and sends the content, like a client. @returns the id of the picture */
async function send(bytes: Buffer, input: object = {}): Promise<string> {
  const { mediaUploadCreate: created } = await begin(bytes.length, staff, input);
  const id = created.media?.id ?? '';
  expect(created.userErrors).toEqual([]);
  expect(created.upload?.url).toContain(`/objects/tenants/${staff.tenantId}/media/${id}/upload?`);
  await running.objects.store.put(`tenants/${staff.tenantId}/media/${id}/upload`, bytes);
  return id;
}

async function complete(id: string, ctx = staff) {
  const data = await running.query<{
    mediaUploadComplete: { media: { status: string } | null; userErrors: { code: string; field: string[] }[] };
  }>(ctx, COMPLETE, { input: { id } });
  return data.mediaUploadComplete;
}

const refusalOf = async (bytes: Buffer) => (await complete(await send(bytes))).userErrors[0]?.code;

async function uploaded(input: object = {}): Promise<string> {
  const id = await send(await picture().jpeg().toBuffer(), input);
  expect(await complete(id)).toMatchObject({ media: { status: 'PROCESSING' }, userErrors: [] });
  await makeVariants();
  return id;
}

const find = async (id: string, ctx = staff) =>
  (await running.query<{ media: Record<string, unknown> & { sources: { url: string }[] } }>(ctx, MEDIA, { id })).media;

const keysOf = async (id: string) => {
  const keys: string[] = [];
  for await (const { key } of running.objects.store.list(`tenants/${staff.tenantId}/media/${id}/`)) keys.push(key);
  return keys;
};

test('an uploaded picture has variants with permanent links, and temporary ones on request', async () => {
  const id = await uploaded({ alt: 'A lamp' });
  const found = await find(id);
  expect(found).toMatchObject({ status: 'READY', fileName: 'lamp.jpg', contentType: 'image/jpeg', alt: 'A lamp' });
  expect(found).toMatchObject({ width: 900, height: 600, problem: null, blurHash: expect.any(String) });
  expect(found['url']).toMatch(/^\/objects\/.+\.webp\?signature=[\w-]+$/);
  expect(found['avif']).toMatch(/\.avif\?/);
  expect(found['ends']).toMatch(/\?expires=\d+&signature=/);
  expect(found.sources).toHaveLength(12);
  expect(found['square']).toContainEqual({ width: 320, height: 320 });
  const key = String(found['avif']).slice('/objects/'.length).split('?')[0] ?? '';
  const object = await running.objects.store.get(key);
  const { format, width, exif } = await sharp(object ? await buffer(object.body) : Buffer.alloc(0)).metadata();
  expect([format, width, exif]).toEqual(['heif', 320, undefined]);
  expect((await keysOf(id)).some((each) => each.endsWith('/upload'))).toBe(false);
});

test('content is refused with its reason, and may be sent again', async () => {
  expect(await refusalOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('MEDIA_TYPE_NOT_SUPPORTED');
  expect(await refusalOf(Buffer.from('\x89PNG\r\n\x1a\n nothing', 'latin1'))).toBe('MEDIA_DAMAGED');
  const infected = Buffer.concat([await picture().jpeg().toBuffer(), Buffer.from(MARKER)]);
  const id = await send(infected);
  expect((await complete(id)).userErrors).toMatchObject([{ code: 'MEDIA_UNSAFE', field: ['id'] }]);
  const clean = await picture().jpeg().toBuffer();
  const missing = await begin(clean.length);
  expect((await complete(missing.mediaUploadCreate.media?.id ?? '')).userErrors).toMatchObject([
    { code: 'MEDIA_UPLOAD_MISSING' },
  ]);
});

test('a picture whose pixels end early becomes FAILED, and no product may show it', async () => {
  const noise = sharp({
    create: {
      width: 900,
      height: 600,
      channels: 3,
      noise: { type: 'gaussian', mean: 99, sigma: 30 },
      background: '#000',
    },
  });
  const whole = await noise.png().toBuffer();
  const id = await send(whole.subarray(0, whole.length / 2));
  await complete(id);
  await makeVariants();
  expect(await find(id)).toMatchObject({ status: 'FAILED', problem: expect.stringContaining('damaged') });
});

test('the plan limits the bytes of a shop, and the size of a file is limited', async () => {
  expect((await begin(26_214_401)).mediaUploadCreate.userErrors).toMatchObject([
    { code: 'MEDIA_TOO_LARGE', field: ['sizeBytes'] },
  ]);
  const [admin, tenantId] = [await running.database.connect(), staff.tenantId];
  const setUsage = (bytes: number) =>
    admin.query('insert into catalog.media_usage values ($1, $2) on conflict (tenant_id) do update set bytes = $2', [
      tenantId,
      bytes,
    ]);
  await setUsage(9_999_999_000);
  expect((await begin(1001)).mediaUploadCreate.userErrors).toMatchObject([
    { code: 'MEDIA_QUOTA_EXCEEDED', message: expect.stringContaining('10 GB') },
  ]);
  expect((await begin(1000)).mediaUploadCreate.userErrors).toEqual([]);
  plan = 'PROFESSIONAL';
  expect((await begin(1000)).mediaUploadCreate.userErrors).toEqual([]);
  plan = 'STARTER';
  await setUsage(0);
});

test('the same key creates one upload', async () => {
  const first = await begin(100, staff, { idempotencyKey: 'once' });
  const again = await begin(100, staff, { idempotencyKey: 'once' });
  expect(again.mediaUploadCreate.media).toEqual(first.mediaUploadCreate.media);
});

test('only staff with the scopes of this shop see and upload pictures', async () => {
  const id = await uploaded();
  for (const caller of [shopper, stranger]) {
    expect((await running.execute(caller, CREATE, { input: { fileName: 'x', sizeBytes: 1 } })).errors).toBeDefined();
    expect((await running.execute(caller, MEDIA, { id })).errors).toBeDefined();
  }
  expect(await find(id, otherTenant)).toBeNull();
  expect((await complete(id, otherTenant)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

const UPDATE = `mutation($input: MediaUpdateInput!) { mediaUpdate(input: $input) { media { alt focalPoint { x y } } userErrors { code } } }`;

test('another focal point makes other squares, and texts have languages', async () => {
  const halves = await picture('#ff0000')
    .composite([
      { input: { create: { width: 450, height: 600, channels: 3, background: '#0000ff' } }, left: 450, top: 0 },
    ])
    .png()
    .toBuffer();
  const id = await send(halves);
  await complete(id);
  await makeVariants();
  const squareUrl = async () => {
    const query = 'query($id: ID!) { media(id: $id) { url(fit: COVER, width: 100) } }';
    return (await running.query<{ media: { url: string } }>(staff, query, { id })).media.url;
  };
  const before = await squareUrl();
  const input = { id, alt: 'Lamp', altTranslations: [{ locale: 'de', text: 'Lampe' }], focalPoint: { x: 0, y: 50 } };
  const { mediaUpdate } = await running.query<{ mediaUpdate: unknown }>({ ...staff, locale: 'de-AT' }, UPDATE, {
    input,
  });
  expect(mediaUpdate).toEqual({ media: { alt: 'Lampe', focalPoint: { x: 0, y: 50 } }, userErrors: [] });
  await makeVariants();
  expect(await squareUrl()).not.toBe(before);
});

const PRODUCT = `query($slug: String!) { product(slug: $slug) { id
  media { url alt width media { id blurHash fileName sources { format width url } } } } }`;
const SET_MEDIA = `mutation($input: ProductUpdateInput!) { productUpdate(input: $input) {
  product { media { url alt } } userErrors { code field } } }`;

interface Shown {
  product: { id: string; media: { url: string; alt: string; width: number; media: Record<string, unknown> | null }[] };
}

async function productWith(slug: string): Promise<string> {
  await running.services.importProducts(staff, [shirt({ slug })]);
  return (await running.query<Shown>(staff, PRODUCT, { slug })).product.id;
}

test('a product shows uploaded pictures and files of other servers, in order', async () => {
  const [mediaId, id] = [await uploaded({ alt: 'A lamp' }), await productWith('pictured')];
  const media = [{ mediaId }, { url: 'https://cdn.example/film.jpg', alt: 'Film' }];
  const set = await running.query<{ productUpdate: unknown }>(staff, SET_MEDIA, { input: { id, media } });
  expect(set.productUpdate).toMatchObject({ userErrors: [] });
  const { product } = await running.query<Shown>(shopper, PRODUCT, { slug: 'pictured' });
  const [first, second] = product.media;
  expect(first).toMatchObject({ alt: 'A lamp', width: 900, url: (await find(mediaId))['url'] });
  expect(first?.media).toMatchObject({ id: mediaId, blurHash: expect.any(String) });
  expect(second).toMatchObject({ url: 'https://cdn.example/film.jpg', alt: 'Film', media: null });
});

test('a product takes only READY pictures of its shop, each by one of url and mediaId', async () => {
  const id = await productWith('refusing');
  const { mediaUploadCreate } = await begin(10);
  const refusals = async (...media: object[]) => {
    const data = await running.query<{ productUpdate: { userErrors: unknown[] } }>(staff, SET_MEDIA, {
      input: { id, media },
    });
    return data.productUpdate.userErrors;
  };
  const field = ['media', '0', 'mediaId'];
  expect(await refusals({ mediaId: mediaUploadCreate.media?.id })).toEqual([{ code: 'MEDIA_NOT_READY', field }]);
  expect(await refusals({ mediaId: crypto.randomUUID() })).toEqual([{ code: 'NOT_FOUND', field }]);
  expect(await refusals({ alt: 'neither' })).toEqual([{ code: 'INVALID_INPUT', field: ['media', '0'] }]);
});

const DELETE = `mutation($input: MediaDeleteInput!) { mediaDelete(input: $input) { deletedId userErrors { code } } }`;

test('pictures that no product has shown for a day are removed with their objects', async () => {
  const [shown, unused, fresh, id] = [await uploaded(), await uploaded(), await uploaded(), await productWith('tidy')];
  await running.query(staff, SET_MEDIA, { input: { id, media: [{ mediaId: shown }] } });
  const refused = await running.query<{ mediaDelete: object }>(staff, DELETE, { input: { id: shown } });
  expect(refused.mediaDelete).toEqual({ deletedId: null, userErrors: [{ code: 'MEDIA_IN_USE' }] });
  const admin = await running.database.connect();
  const age = (ids: string[]) =>
    admin.query(
      `update catalog.media set unused_since = now() - interval '25 hours' where unused_since is not null and id = any($1)`,
      [ids],
    );
  await age([shown, unused]);
  await cleanUp();
  expect([await find(unused), (await keysOf(unused)).length]).toEqual([null, 0]);
  expect([(await find(shown))['status'], (await find(fresh))['status']]).toEqual(['READY', 'READY']);
  await running.query(staff, SET_MEDIA, { input: { id, media: [] } });
  expect(await find(shown)).not.toBeNull();
  await age([shown]);
  await cleanUp();
  expect([await find(shown), (await keysOf(shown)).length]).toEqual([null, 0]);
});

test('a deleted picture frees its bytes at once', async () => {
  const used = async () => {
    const admin = await running.database.connect();
    const { rows } = await admin.query('select bytes::integer from catalog.media_usage where tenant_id = $1', [
      staff.tenantId,
    ]);
    return Number(rows[0]?.bytes);
  };
  const id = await uploaded();
  const [before, { sizeBytes }] = [await used(), await find(id)];
  const { mediaDelete } = await running.query<{ mediaDelete: object }>(staff, DELETE, { input: { id } });
  expect(mediaDelete).toEqual({ deletedId: id, userErrors: [] });
  expect(await used()).toBe(before - Number(sizeBytes));
  expect(await find(id)).toBeNull();
});

test('no file can be uploaded to a completed or deleted picture', async () => {
  const areEnded = (id: string) =>
    running.objects.links.areUploadsEnded(`tenants/${staff.tenantId}/media/${id}/upload`);
  const bytes = await picture().jpeg().toBuffer();
  const [completed, deleted] = [await send(bytes), await send(bytes)];
  expect([await areEnded(completed), await areEnded(deleted)]).toEqual([false, false]);
  await complete(completed);
  await running.query(staff, DELETE, { input: { id: deleted } });
  expect([await areEnded(completed), await areEnded(deleted)]).toEqual([true, true]);
  expect((await keysOf(deleted)).filter((key) => key.endsWith('/upload'))).toEqual([]);
});
