import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { builtWebApps } from '@souk/deployment/gateway';
import { until } from '@souk/kit/testing';
import type { Browser, BrowserContext } from 'playwright-core';
import { OWNER } from '../testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from '../testing/test-souk.ts';
import { accessibilityViolations, launchBrowser, openPage, overflowPx, uncaughtErrors } from './testing/browser.ts';
import { Dashboard } from './testing/dashboard.ts';

const VARIANT = `query Variant($sku: String!) { productVariant(sku: $sku) { prices { amount currencyCode } availability { quantity }
  product { name status media { alt } } } }`;
const SEARCH = `query Search($query: String!) { search(query: $query) { totalCount } }`;
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let installation: TestInstallation;
let souk: TestSouk;
let browser: Browser;
let session: Awaited<ReturnType<BrowserContext['storageState']>>;
let dashboard: Dashboard;
let errors: readonly string[];

beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation, { webApps: builtWebApps() });
  browser = await launchBrowser();
  const page = await openPage(browser);
  const first = new Dashboard(page, souk.url);
  await first.open();
  await first.signIn(OWNER.email, OWNER.password);
  session = await page.context().storageState();
  await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await souk?.stop();
  await installation.database.drop();
});

// The narrowest window that the dashboard supports.
beforeEach(async () => {
  const page = await openPage(browser, { storageState: session, viewport: { width: 320, height: 800 } });
  errors = uncaughtErrors(page);
  dashboard = new Dashboard(page, souk.url);
});
afterEach(async () => {
  await dashboard.page.context().close();
  expect(errors).toEqual([]);
});

/** Checks the open page, or its dialog: no violation of WCAG, and nothing wider than the window. */
async function expectAccessible(): Promise<void> {
  expect(await accessibilityViolations(dashboard.page)).toEqual([]);
  expect(await overflowPx(dashboard.page)).toBe(0);
}

test('a product is created with variants, prices, stock and a picture, and is for sale', async () => {
  const { sku: taken } = await souk.shop.offer({ north: 1, south: 0 });
  const { page } = dashboard;
  await dashboard.open('/products');
  await dashboard.link('New product').click();
  await page.getByLabel('Name', { exact: true }).fill('Linen shirt');
  await dashboard.button('Add an option').click();
  await page.getByLabel('Option 1', { exact: true }).fill('Size');
  await page.getByLabel('Values of option 1').fill('S, M');
  const pictures = dashboard.section('Pictures');
  const front = { name: 'front-side.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') };
  await pictures.locator('input[type=file]').setInputFiles(front);
  await pictures.getByText('front side').waitFor();
  await page.getByLabel('S SKU').fill(taken);
  await page.getByLabel('M Weight in g').fill('210');
  await page.getByLabel('M First stock').fill('8');
  await page.getByLabel('M Price in EUR').fill('twelve');
  await dashboard.button('Publish').click();
  await page.getByText('Enter a price such as 12.50.').waitFor();
  await page.getByLabel('M Price in EUR').fill('39,90');
  await dashboard.button('Publish').click();
  await until(async () => (await page.getByLabel('S SKU').getAttribute('aria-invalid')) === 'true');
  await expectAccessible();
  await page.getByLabel('S SKU').fill('LINEN-SHIRT-S');
  await dashboard.button('Publish').click();
  await dashboard.heading('Linen shirt').waitFor();
  const { productVariant } = await souk.data(VARIANT, { sku: 'LINEN-SHIRT-M' });
  expect(productVariant).toMatchObject({
    prices: [{ amount: '39.90', currencyCode: 'EUR' }],
    availability: { quantity: 8 },
    product: { name: 'Linen shirt', status: 'PUBLISHED', media: [{ alt: 'front side' }] },
  });
});

test('a file is checked and imported, its problems are shown, and its failed rows and an export are downloaded', async () => {
  const file = {
    name: 'spring.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('slug;name;sku;price:EUR\ntea-pot;Tea pot;TEA-POT;24,00\ntea-cup;Tea cup;TEA-CUP;twelve\n'),
  };
  const { page } = dashboard;
  await dashboard.open('/imports');
  await page.getByLabel('Choose a file').first().setInputFiles(file);
  await dashboard.button('Check the file').click();
  await page.getByRole('main').getByText('Completed', { exact: true }).waitFor();
  expect((await souk.data(VARIANT, { sku: 'TEA-POT' })).productVariant).toBeNull();

  await dashboard.open('/imports');
  await page.getByLabel('Choose a file').first().setInputFiles(file);
  await page.getByRole('switch', { name: /Dry run/ }).click();
  await dashboard.button('Import the file').click();
  await dashboard.heading('spring.csv').waitFor();
  const problems = dashboard.section('1 problem');
  await problems.getByRole('row', { name: /3 price:EUR .*INVALID_NUMBER/ }).waitFor();
  await expectAccessible();
  const [errorFile] = await Promise.all([
    page.waitForEvent('download'),
    problems.getByRole('button', { name: 'Download the failed rows' }).click(),
  ]);
  expect(await readFile(await errorFile.path(), 'utf8')).toContain('tea-cup;Tea cup;TEA-CUP;twelve');

  await dashboard.open('/imports');
  await page.getByRole('row', { name: /spring.csv Completed/ }).waitFor();
  await expectAccessible();
  const [products] = await Promise.all([page.waitForEvent('download'), dashboard.button('Download').click()]);
  expect(await readFile(await products.path(), 'utf8')).toContain('TEA-POT');
});

test('a draft order is prepared with a price of staff, its payment link opens the checkout, and it is canceled', async () => {
  const { sku, name } = await souk.shop.offer({ north: 9, south: 0, price: '20.00', name: 'Brass lantern' });
  await until(async () => (await souk.data(SEARCH, { query: sku })).search.totalCount > 0); // The index follows the catalog.
  const { page } = dashboard;
  await dashboard.open('/draft-orders');
  await dashboard.link('New draft order').click();
  await dashboard.button('Add a product').click();
  const picker = dashboard.dialog('Add a product');
  await picker.getByLabel('Search').fill(sku);
  await picker.getByRole('button', { name: new RegExp(sku, 'u') }).waitFor();
  await expectAccessible();
  await picker.getByRole('button', { name: new RegExp(sku, 'u') }).click();
  await page.getByLabel('Units').fill('2');
  await page.getByRole('combobox', { name: 'Price' }).click();
  await page.getByRole('option', { name: 'Own price' }).click();
  await page.getByLabel('Unit price').fill('15,00');
  await page.getByLabel('Email').fill('ada@buyer.test');
  await dashboard.button('Create the draft order').click();
  await page.getByText('Enter a reason.').waitFor();
  await page.getByLabel('Reason').fill('Shown in the window');
  await dashboard.button('Create the draft order').click();
  await dashboard.section('Money').getByText('€30.00').first().waitFor();
  await expectAccessible();
  const url = (await dashboard.section('Payment link').getByText('/store/checkout#cart=').textContent()) ?? '';

  await dashboard.open('/draft-orders');
  await page
    .getByRole('row', { name: /€30.00/u })
    .getByRole('link')
    .click();
  expect(await page.getByLabel('Reason').inputValue()).toBe('Shown in the window');
  const store = await page.context().newPage();
  await store.goto(url);
  await store.getByText(name).first().waitFor();
  await store.close();
  await dashboard.button('Cancel the draft order').click();
  await dashboard.dialog('Cancel the draft order?').getByRole('button', { name: 'Cancel the draft order' }).click();
  await page.getByText('No draft orders here').waitFor();
});

test('a zone and a method with prices in the zone are created, changed and deleted', async () => {
  const { page } = dashboard;
  await dashboard.open('/settings/shipping');
  await dashboard.button('New zone').click();
  const zone = dashboard.dialog('New zone');
  await zone.getByLabel('Name', { exact: true }).fill('Islands');
  await zone.getByLabel('Code', { exact: true }).fill('islands');
  await zone.getByLabel(/^Postal codes of area 1/u).fill('25938..25999, 18565');
  await zone.getByRole('button', { name: 'Save' }).click();
  const country = zone.getByRole('combobox', { name: 'Country of area 1' });
  await until(async () => (await country.getAttribute('aria-invalid')) === 'true');
  await country.click();
  await page.getByPlaceholder('Search a country').fill('Germany');
  await page.getByRole('option', { name: 'Germany', exact: true }).click();
  await expectAccessible();
  await zone.getByRole('button', { name: 'Save' }).click();
  await dashboard.section('Zones').getByText('25938..25999, 18565').waitFor();

  await dashboard.button('New method').click();
  const method = dashboard.dialog('New method');
  await method.getByLabel('Name', { exact: true }).fill('Ferry');
  await method.getByLabel('Code', { exact: true }).fill('ferry');
  await method.getByLabel('Price', { exact: true }).fill('6,90');
  await method.getByRole('combobox', { name: 'Add prices for a zone' }).click();
  await page.getByRole('option', { name: 'Islands' }).click();
  const inZone = method.getByRole('group', { name: 'Prices in Islands' });
  await inZone.getByLabel('Price', { exact: true }).fill('14,90');
  await inZone.getByRole('button', { name: 'Limits and steps' }).click();
  await inZone.getByLabel('Steps', { exact: true }).fill('5000 19,90');
  await expectAccessible();
  await method.getByRole('button', { name: 'Save' }).click();
  await dashboard.section('Shipping methods').getByText('€6.90').waitFor();

  await dashboard
    .section('Preview')
    .getByLabel(/^Postal code/u)
    .fill('25980');
  await page.getByLabel('Weight (kg)').fill('6');
  await dashboard.button('Show the methods').click();
  await dashboard.section('Preview').getByText('€19.90').waitFor();
  await dashboard.button('Delete Islands (islands)').click();
  await dashboard.dialog('Delete Islands?').getByRole('button', { name: 'Delete' }).click();
  await page
    .getByText(/prices in the zone|has prices|uses the zone|in use/u)
    .first()
    .waitFor();
  await dashboard.button('Edit Ferry (ferry)').click();
  await dashboard.dialog('Edit Ferry').getByRole('button', { name: 'Remove the prices in Islands' }).click();
  await dashboard.dialog('Edit Ferry').getByRole('button', { name: 'Save' }).click();
  await dashboard.dialog('Edit Ferry').waitFor({ state: 'detached' });
  for (const name of ['Islands', 'Ferry']) {
    const open = dashboard.button(`Delete ${name} (${name.toLowerCase()})`);
    await open.click();
    await dashboard.dialog(`Delete ${name}?`).getByRole('button', { name: 'Delete' }).click();
    await open.waitFor({ state: 'detached' });
  }
});
