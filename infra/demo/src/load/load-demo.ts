import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemContext } from '@souk/kit/context';
import type { StartReport } from '@souk/deployment/start';
import type { Subgraphs } from '@souk/deployment/subgraphs';
import { acmeCatalog, demoCatalog } from '../shops/catalog.ts';
import type { DemoCatalog, DemoStockItem } from '../shops/demo.types.ts';
import { ACME_TENANT, DEMO_TENANT, type DemoTenant } from '../shops/tenants.ts';
import { drawPictures, loadCatalog } from './load-catalog.ts';
import { loadGifts } from './load-gifts.ts';
import { loadOrders } from './load-orders.ts';
import { loadReviews } from './load-reviews.ts';
import { loadPaymentAccounts } from './load-payment-accounts.ts';
import { loadShopSettings } from './load-shop-settings.ts';
import { loadCompany, loadShopper } from './load-shopper.ts';
import { loadWishlist } from './load-wishlist.ts';
import { ensureTenant } from './load-tenants.ts';

export interface LoadDemoOptions {
  readonly dataDir: string;
  readonly mediaDirectory: string;
  readonly report: StartReport;
}

/**
 * Loads the demo tenants at the first start. Every part is idempotent, so the next start completes an interrupted load.
 * Changes by users are kept.
 */
export async function loadDemo(
  subgraphs: Subgraphs,
  { dataDir, mediaDirectory, report }: LoadDemoOptions,
): Promise<void> {
  const marker = join(dataDir, 'demo.json');
  const known = await subgraphs.accounts.services.tenantById(DEMO_TENANT.id);
  if (known && existsSync(marker)) return;
  await loadShop(subgraphs, ACME_TENANT, acmeCatalog(), { mediaDirectory, report });
  await loadShop(subgraphs, DEMO_TENANT, demoCatalog(), { mediaDirectory, report });
  writeFileSync(marker, JSON.stringify({ loadedAt: new Date() }));
}

async function loadShop(
  subgraphs: Subgraphs,
  tenant: DemoTenant,
  shop: DemoCatalog,
  { mediaDirectory, report }: Pick<LoadDemoOptions, 'mediaDirectory' | 'report'>,
): Promise<void> {
  const ctx = systemContext(tenant.id, 'demo', `demo-${tenant.slug}`);
  const { accounts, catalog, inventory, orders, payments } = subgraphs;
  return report.step(
    `Loading the shop "${tenant.name}": ${shop.products.length} products, ${shop.orders.length} orders`,
    async () => {
      await ensureTenant(accounts.services, tenant);
      for (const company of tenant.companies ?? []) await loadCompany(subgraphs, ctx, company);
      const companyId = tenant.shopper ? await loadShopper(subgraphs, ctx, tenant.shopper) : null;
      await Promise.all([
        loadCatalog(catalog.services, ctx, shop, companyId, new Date()),
        drawPictures(shop, mediaDirectory),
      ]);
      await inventory.services.importStock(ctx, {
        warehouses: shop.warehouses.map(({ code, name, countryCode, city, priority }) => ({
          code,
          name,
          priority,
          address: { countryCode, city },
        })),
        levels: shop.stock,
      });
      await inventory.services.importStockItems(ctx, shop.stockItems.map(stockItemOf));
      await loadShopSettings(orders.services, ctx, shop);
      await loadGifts(subgraphs, ctx, shop);
      await loadPaymentAccounts(payments.services, ctx);
      await loadOrders(subgraphs, ctx, shop, new Date());
      if (tenant.shopper) await loadWishlist(subgraphs, ctx, tenant.shopper);
      await loadReviews(subgraphs, ctx, shop, new Date());
    },
  );
}

const DAY_MS = 86_400_000;

function stockItemOf({ expectedInDays, ...item }: DemoStockItem) {
  return {
    ...item,
    ...(expectedInDays !== undefined && { expectedAt: new Date(Date.now() + expectedInDays * DAY_MS) }),
  };
}
