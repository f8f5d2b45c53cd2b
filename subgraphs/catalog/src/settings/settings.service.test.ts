import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { actorId } from '@souk/kit/context';
import { saveTenantRow } from '@souk/kit/persistence';
import { openTestUnitOfWork, testActors, type TestUnitOfWork } from '@souk/kit/testing';
import type { CatalogDatabase, CatalogUnitOfWork } from '../database.ts';
import { catalog } from '../index.ts';
import { CatalogSettingsEntity } from './catalog-settings.entity.ts';
import { SettingsService } from './settings.service.ts';

let opened: TestUnitOfWork<CatalogDatabase>;
let unitOfWork: CatalogUnitOfWork;
let settings: SettingsService;
beforeAll(async () => {
  opened = await openTestUnitOfWork(catalog);
  ({ unitOfWork } = opened);
  settings = new SettingsService(unitOfWork);
});
afterAll(() => opened.database.drop());

const owner = () => testActors(['catalog:write'], randomUUID()).owner;
const saved = (ctx: ReturnType<typeof owner>) =>
  unitOfWork.read(ctx, ({ em, tenantId }) => em.findOneOrFail(CatalogSettingsEntity, { tenantId }));

test('settings record their editor and count their versions', async () => {
  const ctx = owner();
  await settings.setDefaults(ctx, { currency: 'EUR', locale: 'en' });
  expect(await saved(ctx)).toMatchObject({ defaultCurrency: 'EUR', version: 1, createdBy: actorId(ctx) });
  await settings.setDefaults(ctx, { currency: 'USD', locale: 'en' });
  expect(await saved(ctx)).toMatchObject({ defaultCurrency: 'USD', version: 2, updatedBy: actorId(ctx) });
});

test('settings that are set at the same time for the first time are all saved, one after the other', async () => {
  const ctx = owner();
  const currencies = ['EUR', 'USD', 'CHF'];
  await Promise.all(currencies.map((currency) => settings.setDefaults(ctx, { currency, locale: 'en' })));
  const { version, defaultCurrency } = await saved(ctx);
  expect(version).toBe(3);
  expect(currencies).toContain(defaultCurrency);
});

test('a change of settings runs again when another change was saved meanwhile', async () => {
  const ctx = owner();
  await settings.setDefaults(ctx, { currency: 'EUR', locale: 'en' });
  let attempts = 0;
  await unitOfWork.run(ctx, async (tx) => {
    await tx.em.findOneOrFail(CatalogSettingsEntity, { tenantId: tx.tenantId });
    if (attempts++ === 0) await settings.setDefaults(ctx, { currency: 'USD', locale: 'de' });
    await saveTenantRow(tx, CatalogSettingsEntity, { defaultCurrency: 'CHF', defaultLocale: 'fr' });
  });
  expect(attempts).toBe(2);
  expect(await saved(ctx)).toMatchObject({ defaultCurrency: 'CHF', defaultLocale: 'fr', version: 3 });
});
