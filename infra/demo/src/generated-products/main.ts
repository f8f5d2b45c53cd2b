// `npm run generate-products -- 100000` fills the demo shop with products, to try Souk with a large catalog. Stop the
// server first. Existing products are kept. A second run with a larger number adds the missing products.
import { setTimeout as sleep } from 'node:timers/promises';
import { systemContext } from '@souk/kit/context';
import { chunksOf } from '@souk/kit/domain';
import { createLogger } from '@souk/kit/runtime';
import { Client } from 'pg';
import { StartFailure } from '@souk/launcher/start-failure';
import { createSteps, type Steps } from '@souk/launcher/steps';
import { takeDataFolder, openDatabase, readEnvironment } from '@souk/deployment/one-process';
import { ROSTER } from '@souk/deployment/roster';
import { prepareSchemas, readSecrets, startSubgraphs, type Subgraphs } from '@souk/deployment/subgraphs';
import { ensureTenant } from '../load/load-tenants.ts';
import { DEMO_TENANT } from '../shops/tenants.ts';
import {
  GENERATED_CATEGORIES,
  generatedCategory,
  generatedProducts,
  type GeneratedProduct,
} from './generated-catalog.ts';

const CHUNK = 2_000;
const WAREHOUSE = { code: 'GEN', name: 'Generated', address: { countryCode: 'DE', city: 'Hamburg' }, priority: 9 };

async function main(): Promise<void> {
  const steps = createSteps();
  try {
    const count = countOf(process.argv[2]);
    const environment = readEnvironment();
    const folder = await takeDataFolder(environment.dataDir);
    try {
      const secrets = readSecrets(environment.dataDir);
      const database = await openDatabase(environment, secrets, steps);
      await prepareSchemas(database.adminUrl, ROSTER, database.passwordOf, database);
      const subgraphs = await startSubgraphs({
        databaseUrl: database.url,
        secrets,
        settings: environment.settings,
        logger: createLogger({ level: 'error' }),
      });
      await fill(subgraphs, count, steps);
      await steps.step('Waiting until the catalog knows the stock', () => untilDelivered(database.adminUrl));
      await subgraphs.stop();
      await database.stop();
    } finally {
      folder.release();
    }
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof StartFailure ? error.message : error);
  }
}

function countOf(argument: string | undefined): number {
  const count = Number(argument);
  if (Number.isInteger(count) && count > 0 && count <= 10_000_000) return count;
  throw new StartFailure(
    'The number of products is missing or not from 1 to 10,000,000. Example: npm run generate-products -- 100000',
  );
}

async function fill({ accounts, catalog, inventory }: Subgraphs, count: number, steps: Steps): Promise<void> {
  await ensureTenant(accounts.services, DEMO_TENANT);
  const ctx = systemContext(DEMO_TENANT.id, 'generate-products', 'generate-products');
  const categories = Array.from({ length: GENERATED_CATEGORIES }, (_, number) => generatedCategory(number));
  await catalog.services.importAttributes(ctx, [
    { code: 'material', name: 'Material' },
    { code: 'form', name: 'Form' },
  ]);
  await catalog.services.importCategories(ctx, categories);
  await inventory.services.importStock(ctx, { warehouses: [WAREHOUSE], levels: [] });
  let done = 0;
  for (const chunk of chunksOf(generatedProducts(count), CHUNK)) {
    await steps.step(`Products ${done + 1} to ${done + chunk.length} of ${count}`, async () => {
      await catalog.services.importProducts(ctx, chunk.map(productOf));
      await inventory.services.importStock(ctx, { warehouses: [], levels: chunk.flatMap(levelsOf) });
    });
    done += chunk.length;
  }
}

/**
 * Waits until the outbox of inventory is empty. The catalog's filter "in stock" is wrong until the catalog has received
 * all events in that outbox.
 */
async function untilDelivered(adminUrl: string): Promise<void> {
  const admin = new Client(adminUrl);
  await admin.connect();
  try {
    for (;;) {
      const { rowCount } = await admin.query('select from inventory.outbox_event limit 1');
      if (rowCount === 0) return;
      await sleep(100);
    }
  } finally {
    await admin.end();
  }
}

function productOf(product: GeneratedProduct) {
  const { slug, baseSku, name, description, category, material, form, variants } = product;
  return {
    slug,
    baseSku,
    name,
    description,
    status: 'PUBLISHED' as const,
    categories: [category],
    attributes: [
      { code: 'material', values: [material] },
      { code: 'form', values: [form] },
    ],
    variants: variants.map(({ sku, size, priceEur }) => ({
      sku,
      options: [{ name: 'Size', value: size }],
      prices: [{ amount: priceEur, currency: 'EUR' }],
    })),
  };
}

function levelsOf({ variants }: GeneratedProduct) {
  return variants.map(({ sku, onHand }) => ({ warehouseCode: WAREHOUSE.code, sku, onHand }));
}

await main();
