import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { builtWebApps } from '@souk/deployment/gateway';
import { until } from '@souk/kit/testing';
import { generateSync } from 'otplib';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import type { Data } from '../testing/graphql-client.ts';
import { FULFILLMENT_CREATE, FULFILLMENT_SHIP, ORDER_SHOW } from '../testing/operations.ts';
import { OWNER, type Article } from '../testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from '../testing/test-souk.ts';
import { accessibilityViolations, launchBrowser, openPage, overflowPx, uncaughtErrors } from './testing/browser.ts';
import { Dashboard } from './testing/dashboard.ts';

const STAFF = { email: 'staff@shop.test', password: 'a long password of the staff' };
const CLERK = { email: 'clerk@shop.test', password: 'a long password of the clerk' };
const USER_CREATE = `mutation UserCreate($input: UserCreateInput!) { userCreate(input: $input) { user { id } userErrors { message } } }`;
const PRODUCT = `query Product($id: ID!) { product(id: $id) { name version variants { nodes { sku prices { amount } } } } }`;
const PRODUCT_OF = `query ProductOf($sku: String!) { productVariant(sku: $sku) { product { id } } }`;
const PRODUCT_UPDATE = `mutation ProductUpdate($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { message } } }`;

let installation: TestInstallation;
let souk: TestSouk;
let browser: Browser;
let lamp: Article;
let dashboard: Dashboard;
let errors: readonly string[];
/** The browser storage after a login, by email. The first test that needs a user logs in. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();

beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation, { webApps: builtWebApps() });
  lamp = await souk.shop.offer({ north: 50, south: 50, price: '59.00', sku: 'LAMP', name: 'Cork bedside lamp' });
  for (const user of [STAFF, CLERK]) await souk.data(USER_CREATE, { input: { ...user, role: 'STAFF' } }, souk.owner);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await souk?.stop();
  await installation.database.drop();
});

beforeEach(() => openDashboard());
afterEach(async () => {
  await dashboard.page.context().close();
  expect(errors).toEqual([]);
});

/** Opens the dashboard in a new browser context, in place of the test's earlier browser context. */
async function openDashboard(options: BrowserContextOptions = {}): Promise<void> {
  await dashboard?.page.context().close();
  const page = await openPage(browser, options);
  errors = uncaughtErrors(page);
  dashboard = new Dashboard(page, souk.url);
}

/** Checks the open page: no violation of WCAG, and nothing wider than the window. */
async function expectAccessible(): Promise<void> {
  expect(await accessibilityViolations(dashboard.page)).toEqual([]);
  expect(await overflowPx(dashboard.page)).toBe(0);
}

async function orderOf(id: string): Promise<Data> {
  return (await souk.data(ORDER_SHOW, { id }, souk.owner))['order'];
}

async function openSignedIn(path = '', options: BrowserContextOptions = {}, user = OWNER): Promise<void> {
  const session = sessions.get(user.email);
  await openDashboard({ ...options, ...(session && { storageState: session }) });
  await dashboard.open(session ? path : '');
  if (session) return;
  await dashboard.signIn(user.email, user.password);
  sessions.set(user.email, await dashboard.page.context().storageState());
  if (path !== '') await dashboard.open(path);
}

describe('the pictures of a product', () => {
  const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const file = (name: string, content: string) => ({
    name,
    mimeType: 'image/png',
    buffer: Buffer.from(content, 'base64'),
  });

  test('are uploaded, moved, described and removed, and other files are refused', async () => {
    const { productVariant } = await souk.data(PRODUCT_OF, { sku: lamp.sku }, souk.owner);
    await openSignedIn(`/products/${productVariant.product.id}`);
    const card = dashboard.page.getByRole('region', { name: 'Pictures' });
    await card.locator('input[type=file]').setInputFiles([file('front.png', PIXEL), file('side.png', PIXEL)]);
    const tiles = card.locator('li [draggable]');
    await tiles.nth(1).waitFor();
    const names = () => tiles.allInnerTexts();
    const [first = '', second = ''] = await names();
    await card.getByRole('button', { name: `Move back: ${first}` }).click();
    await until(async () => (await names())[0] === second);
    await card.getByRole('button', { name: `Alternative text: ${second}` }).click();
    await dashboard.page.getByRole('dialog').getByLabel('Alternative text').fill('The lamp');
    await dashboard.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await card.getByText('The lamp').waitFor();
    await card.getByRole('button', { name: `Remove: ${first}` }).click();
    await until(async () => (await names()).join() === 'The lamp');
    await card.locator('input[type=file]').setInputFiles([file('page.png', btoa('<svg/>'))]);
    await dashboard.page.getByText('The content is no picture').first().waitFor();
    expect(await accessibilityViolations(dashboard.page)).toEqual([]);
  });
});

describe('a session', () => {
  test('begins with the right password alone', async () => {
    await dashboard.open('/orders');
    await dashboard.fillSignIn(OWNER.email, 'a wrong password');
    await dashboard.page.getByRole('alert').getByText('Email and password do not match.').waitFor();
    await dashboard.fillSignIn(OWNER.email, OWNER.password);
    await dashboard.heading('Orders').waitFor(); // the address that was asked for
  });

  test('ends in every tab at once', async () => {
    await dashboard.open();
    await dashboard.signIn(OWNER.email, OWNER.password); // a session of its own, which ends here
    const other = await dashboard.page.context().newPage();
    await other.goto(`${souk.url}/dashboard/settings`);
    await other.getByRole('heading', { name: 'Settings' }).waitFor();
    await dashboard.button('Account').click();
    await dashboard.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('needs a code when the account has an authenticator app', async () => {
    const user = { email: 'app@shop.test', password: 'a long password of the app' };
    await souk.data(USER_CREATE, { input: { ...user, role: 'STAFF' } }, souk.owner);
    await openDashboard({ viewport: { width: 390, height: 844 } });
    const { page } = dashboard;
    await dashboard.open('/settings/security');
    await dashboard.fillSignIn(user.email, user.password);
    await page.getByLabel('Your password').fill(user.password);
    await dashboard.button('Turn on').click();
    await page.getByRole('img', { name: 'QR code with the secret' }).waitFor();
    await expectAccessible();
    const secret = await page.locator('code').innerText();
    const setUpAt = Math.floor(Date.now() / 1000);
    await page.getByLabel('Code', { exact: true }).fill(generateSync({ secret, epoch: setUpAt }));
    await dashboard.button('Confirm').click();
    const codes = dashboard.section('Your recovery codes').getByRole('listitem');
    await codes.first().waitFor();
    expect(await codes.count()).toBe(10);
    await expectAccessible();
    const recoveryCode = await codes.first().innerText();
    await dashboard.button('I have kept the codes').click();
    await page.getByText('10 recovery codes are left.').waitFor();
    await expectAccessible();
    await dashboard.button('Account').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await dashboard.fillSignIn(user.email, user.password);
    await page.getByLabel('Code', { exact: true }).fill('no code');
    await dashboard.button('Continue').click();
    await page.getByText('The code is wrong').waitFor();
    await expectAccessible();
    // The code of the next time step, because a code is accepted once and the confirmation used the code of this step.
    await page.getByLabel('Code', { exact: true }).fill(generateSync({ secret, epoch: setUpAt + 30 }));
    await dashboard.button('Continue').click();
    await dashboard.button('Turn off').click();
    await page.getByLabel('Code of the app, or a recovery code').fill(recoveryCode);
    await dashboard.button('Turn off').click();
    await page.getByLabel('Your password').waitFor();
  });

  test('shows only what the role allows', async () => {
    await openSignedIn('/settings', {}, STAFF);
    await dashboard.heading('Warehouses').waitFor();
    expect(await dashboard.heading('Shipping methods').count()).toBe(0);
    expect(await dashboard.heading('Members').count()).toBe(0);
  });
});

describe('the members', () => {
  test('are invited and disabled by an owner', async () => {
    await openSignedIn('/settings/members');
    await dashboard.button('Invite a member').click();
    await dashboard.dialog('Invite a member').getByLabel('Email').fill('newcomer@shop.test');
    await dashboard.button('Send the invitation').click();
    await dashboard.page.getByRole('group', { name: 'Open invitations' }).getByText('newcomer@shop.test').waitFor();
    await dashboard.button(`Actions for ${CLERK.email}`).click();
    await dashboard.page.getByRole('menuitem', { name: 'Disable' }).click();
    await dashboard.page.getByRole('row').filter({ hasText: CLERK.email }).getByText('Disabled').last().waitFor();
    expect(await accessibilityViolations(dashboard.page)).toEqual([]);
  });
});

describe('an order', () => {
  test('arrives while one watches, is packed, shipped and delivered', async () => {
    const openings = souk.lines.openings;
    await openSignedIn();
    await until(() => souk.lines.openings > openings); // the dashboard has subscribed
    const { id } = await souk.buyer.order(lamp);
    const { number } = await orderOf(id);
    await dashboard.section('Live orders').getByRole('link', { name: number }).click();
    await dashboard.heading(`Order ${number}`).waitFor();

    await dashboard.button('Pack all open units').click();
    await dashboard.section('Parcels').getByText('From NORTH').waitFor();
    await dashboard.button('Ship').click();
    const dialog = dashboard.dialog('Ship the parcel');
    await dialog.getByLabel('Carrier').fill('DHL');
    await dialog.getByLabel('Tracking number').fill('JD0001');
    await dialog.getByRole('button', { name: 'Ship' }).click();
    await dashboard.button('Mark as delivered').waitFor();
    await dashboard.section('History').getByText('Shipped', { exact: true }).waitFor();
    await until(async () => (await orderOf(id))['fulfillmentStatus'] === 'FULFILLED');
    expect((await orderOf(id))['fulfillments']).toMatchObject([{ status: 'SHIPPED', trackingNumber: 'JD0001' }]);

    await dashboard.button('Mark as delivered').click();
    await dashboard.section('History').getByText('Completed', { exact: true }).waitFor();
    await until(async () => (await orderOf(id))['status'] === 'COMPLETED');
  });

  test('is refunded in part, with the rest shown while one types', async () => {
    const { id } = await souk.buyer.order(lamp);
    await openSignedIn(`/orders/${id}`);
    await dashboard.section('Payments').getByRole('button', { name: 'Refund' }).click();
    const dialog = dashboard.dialog('Refund a payment');
    await dialog.getByLabel('Amount in EUR').fill('99999');
    await dialog.getByLabel('Reason, for the books').fill('A scratch');
    await dialog.getByRole('button', { name: 'Refund' }).click();
    await dialog.getByText('More than €63.90 cannot be refunded.').waitFor();
    await dialog.getByLabel('Amount in EUR').fill('3,90');
    await dialog.getByText('€60.00 stay with the shop.').waitFor();
    expect(await accessibilityViolations(dashboard.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Refund €3.90' }).click();
    await dashboard.section('Payments').getByText('A scratch').waitFor();
    await until(async () => (await orderOf(id))['paymentStatus'] === 'PARTIALLY_REFUNDED');
    expect((await orderOf(id))['payments']).toMatchObject([{ refundedAmount: { amount: '3.90' } }]);
  });

  test('takes units back: the return is recorded, approved and received', async () => {
    const { id } = await souk.buyer.order(lamp, 2);
    const packed = await souk.data(FULFILLMENT_CREATE, { input: { orderId: id } }, souk.owner);
    for (const { id: fulfillmentId } of packed['fulfillmentCreate'].fulfillments)
      await souk.data(FULFILLMENT_SHIP, { input: { fulfillmentId } }, souk.owner);
    await openSignedIn(`/orders/${id}`);
    const returns = dashboard.section('Returns');
    await returns.getByRole('button', { name: 'Record a return' }).click();
    const record = dashboard.dialog('Record a return');
    await record.getByRole('button', { name: 'Save' }).click();
    await record.getByText('Enter units, at most 2, and at least one in all.').waitFor();
    await record.getByLabel('Units of Cork bedside lamp').fill('2');
    expect(await accessibilityViolations(dashboard.page)).toEqual([]);
    await record.getByRole('button', { name: 'Save' }).click();

    await returns.getByRole('button', { name: 'Approve' }).click();
    await returns.getByText('Approved', { exact: true }).waitFor();
    await returns.getByRole('button', { name: 'Receive' }).click();
    const receive = dashboard.dialog(/^Receive return/u);
    await receive.getByLabel('Units of Cork bedside lamp').fill('1');
    await receive.getByRole('button', { name: 'Receive' }).click();
    await returns.getByText('€59.00 refunded').waitFor();
    await dashboard.section('History').getByText('Return received', { exact: true }).waitFor();
    await until(async () => (await orderOf(id))['paymentStatus'] === 'PARTIALLY_REFUNDED');
    expect(await orderOf(id)).toMatchObject({ fulfillmentStatus: 'PARTIALLY_RETURNED' });

    await dashboard.open('/returns?status=RECEIVED');
    await dashboard.page.getByRole('cell', { name: 'Defective' }).waitFor();
    expect(await accessibilityViolations(dashboard.page)).toEqual([]);
  });

  test('that a colleague packed first is compared side by side', async () => {
    const { id } = await souk.buyer.order(lamp);
    await openSignedIn();
    await dashboard.page.routeWebSocket('**/graphql', () => undefined); // no event reaches this page
    await dashboard.open(`/orders/${id}`);
    await dashboard.button('Pack all open units').waitFor();
    await souk.data(FULFILLMENT_CREATE, { input: { orderId: id } }, souk.owner);
    await dashboard.button('Pack all open units').click();
    const dialog = dashboard.dialog('A colleague was faster');
    const row = dialog.getByRole('row', { name: /Parcels/ });
    await row.waitFor();
    expect(await row.getByRole('cell').allInnerTexts()).toEqual(['Parcels', '–', 'Packed']);
    expect(await accessibilityViolations(dashboard.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Take theirs' }).click();
    await dashboard.button('Ship').waitFor();
    expect((await orderOf(id))['fulfillments']).toHaveLength(1);
  });

  test('is canceled with a reason', async () => {
    const { id } = await souk.buyer.order(lamp);
    await openSignedIn(`/orders/${id}`);
    await dashboard.button('Cancel the order').click();
    const dialog = dashboard.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cancel the order' }).click();
    await dialog.getByText('Enter a reason.').waitFor();
    await dialog.getByLabel('Reason').fill('Out of season');
    await dialog.getByRole('button', { name: 'Cancel the order' }).click();
    await dashboard.section('History').getByText('Out of season').first().waitFor();
    await until(async () => (await orderOf(id))['status'] === 'CANCELED');
  });
});

test('the list of orders is used by keys alone', async () => {
  await souk.buyer.order(lamp);
  const { id } = await souk.buyer.order(lamp);
  const { number } = await orderOf(id);
  await openSignedIn();
  await dashboard.page.getByRole('main').getByRole('heading').first().waitFor(); // The page listens to keys now.
  await dashboard.page.keyboard.press('Control+k');
  await dashboard.page.getByPlaceholder('Search pages, orders and actions').fill('orders');
  expect(await accessibilityViolations(dashboard.page)).toEqual([]);
  await dashboard.page.keyboard.press('Enter');
  await dashboard.link(number).waitFor();
  for (const key of ['j', 'j', 'k', 'Enter']) await dashboard.page.keyboard.press(key);
  await dashboard.heading(`Order ${number}`).waitFor();
});

describe('a product', () => {
  async function productId(sku: string): Promise<string> {
    return (await souk.data(PRODUCT_OF, { sku }, souk.owner))['productVariant'].product.id;
  }

  test('is edited with its prices, and a conflict lets one keep the own text', async () => {
    const { sku } = await souk.shop.offer({ north: 1, south: 1, name: 'Tea tin' });
    const id = await productId(sku);
    await openSignedIn(`/products/${id}`);
    await dashboard.page.getByLabel('Name', { exact: true }).fill('Tea caddy');
    await dashboard.page.getByLabel(`${sku} Price in EUR`).fill('12,50');
    await dashboard.page.getByText('2 unsaved changes').waitFor();
    await souk.data(PRODUCT_UPDATE, { input: { id, name: 'Tea box' } }, souk.owner);
    await dashboard.button('Save').click();
    const dialog = dashboard.dialog('A colleague was faster');
    const row = dialog.getByRole('row', { name: /^Name/ });
    await row.waitFor();
    expect(await row.getByRole('cell').allInnerTexts()).toEqual(['Name', 'Tea caddy', 'Tea box']);
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await dashboard.button('Save').click();
    await dashboard.heading('Tea caddy').waitFor();
    const { product } = await souk.data(PRODUCT, { id }, souk.owner);
    expect(product).toMatchObject({ name: 'Tea caddy', variants: { nodes: [{ prices: [{ amount: '12.50' }] }] } });
  });

  test('is saved without a question when a colleague changed other fields', async () => {
    const { sku } = await souk.shop.offer({ north: 1, south: 1, name: 'Coffee tin' });
    const id = await productId(sku);
    await openSignedIn(`/products/${id}`);
    await dashboard.page.getByLabel('Name', { exact: true }).fill('Coffee caddy');
    await souk.data(PRODUCT_UPDATE, { input: { id, description: 'Tight.' } }, souk.owner);
    await dashboard.button('Save').click();
    await dashboard.heading('Coffee caddy').waitFor();
    expect(await dashboard.page.getByLabel('Description', { exact: true }).inputValue()).toBe('Tight.');
  });

  test('is translated and hidden from shoppers', async () => {
    const { sku } = await souk.shop.offer({ north: 1, south: 1, name: 'Candle' });
    const id = await productId(sku);
    await openSignedIn(`/products/${id}`);
    await dashboard.page.getByLabel('Name (German)').fill('Kerze');
    await dashboard.button('Save the translation').click();
    const inGerman = async () =>
      (await souk.data(PRODUCT, { id }, { ...souk.owner, 'accept-language': 'de' }))['product'].name;
    await until(async () => (await inGerman()) === 'Kerze');
    await dashboard.button('Hide from shoppers').click();
    await dashboard.button('Publish').waitFor();
  });
});

describe('a promotion', () => {
  const PROMOTIONS = `query { promotions(first: 200) { nodes { id version name code action { type percent } minSubtotals { amount } } } }`;
  const PROMOTION_UPDATE = `mutation ($input: PromotionUpdateInput!) { promotionUpdate(input: $input) { userErrors { message } } }`;
  const promotionNamed = async (name: string) => {
    const { promotions } = await souk.data(PROMOTIONS, {}, souk.owner);
    return promotions.nodes.find((each: { readonly name: string }) => each.name === name);
  };

  test('is previewed, created, found in the list, and refused with a taken code', async () => {
    await openSignedIn('/promotions');
    await dashboard.link('New promotion').click();
    const { page } = dashboard;
    await page.getByLabel('Name').fill('Spring sale');
    await page.getByLabel(/^Code/).fill('SPRING');
    await page.getByLabel('Percent').fill('10');
    await page.getByLabel(/^Lowest subtotal/).fill('100.00 EUR');
    await page.getByLabel('Items').fill(`${lamp.sku} 1`);
    await dashboard.button('Show the effect').click();
    await page.getByText('Subtotal too low').waitFor();
    await page.getByLabel('Items').fill(`${lamp.sku} 2`);
    await dashboard.button('Show the effect').click();
    await page.getByText('−€11.80 Spring sale').waitFor();
    await dashboard.button('Save').click();
    await until(async () => (await promotionNamed('Spring sale'))?.code === 'SPRING');
    await dashboard.heading('Spring sale').waitFor();
    await dashboard.open('/promotions');
    await page.getByRole('row', { name: /Spring sale Active SPRING/ }).waitFor();
    await dashboard.link('New promotion').click();
    await page.getByLabel('Name').fill('Other sale');
    await page.getByLabel(/^Code/).fill('spring');
    await page.getByLabel('Percent').fill('5');
    await dashboard.button('Save').click();
    await page.getByText('Another promotion has this code').first().waitFor();
    expect(await promotionNamed('Other sale')).toBeUndefined();
  });

  test('that a colleague changed first is compared side by side', async () => {
    await openSignedIn('/promotions/new');
    const { page } = dashboard;
    await page.getByLabel('Name').fill('Autumn sale');
    await page.getByLabel('Percent').fill('10');
    await page.getByRole('switch', { name: 'Active', exact: true }).click();
    await dashboard.button('Save').click();
    await page.getByLabel('Percent').fill('20');
    await dashboard.heading('Autumn sale').waitFor();
    const { id } = await promotionNamed('Autumn sale');
    await souk.data(PROMOTION_UPDATE, { input: { id, name: 'Autumn offer' } }, souk.owner);
    await page.getByLabel('Percent').fill('20');
    await dashboard.button('Save').click();
    const dialog = dashboard.dialog('A colleague was faster');
    await dialog.getByRole('cell', { name: 'Autumn offer' }).waitFor();
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await dashboard.button('Save').click();
    await until(async () => (await promotionNamed('Autumn sale'))?.action.percent === '20.00');
  });
});

test('stock is counted anew, and the ledger has the reason', async () => {
  const { sku } = await souk.shop.offer({ north: 3, south: 0 });
  await openSignedIn(`/inventory?sku=${sku}&low=true`);
  await dashboard.button(`Adjust: ${sku}, North`).click();
  const dialog = dashboard.dialog(`Adjust ${sku} in North`);
  await dialog.getByLabel('Counted units').fill('17');
  await dialog.getByLabel('Reason, for the ledger').fill('Counted by hand');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dashboard.page.getByText(`${sku} has 17 units now.`).first().waitFor();
  await dashboard.page.getByRole('tab', { name: 'Ledger' }).click();
  await dashboard.page.getByRole('cell', { name: 'Counted by hand' }).waitFor();
});

test('the language changes at once', async () => {
  await openSignedIn('/settings');
  await dashboard.page.getByRole('combobox', { name: 'Language' }).click();
  await dashboard.page.getByRole('option', { name: 'Deutsch' }).click();
  await dashboard.heading('Einstellungen').waitFor();
  expect(await dashboard.page.locator('html').getAttribute('lang')).toBe('de');
});

describe('every page', () => {
  test.each([
    { width: 390, colorScheme: 'light' },
    { width: 1440, colorScheme: 'dark' },
  ] as const)('is accessible and fits a window of $width px, $colorScheme', async ({ width, colorScheme }) => {
    const { id } = await souk.buyer.order(lamp);
    const window = { viewport: { width, height: 900 }, colorScheme };
    await openDashboard(window);
    await dashboard.open();
    await dashboard.heading('Sign in').waitFor();
    const found = [...(await accessibilityViolations(dashboard.page))];
    await openSignedIn('', window);
    const { page } = dashboard;
    const { product } = (await souk.data(PRODUCT_OF, { sku: lamp.sku }, souk.owner))['productVariant'];
    const { number } = await orderOf(id);
    const pages: readonly (readonly [path: string, fact: string])[] = [
      ['/', number],
      ['/orders', number],
      ['/orders?search=stranger', 'No orders match'],
      [`/orders/${id}`, 'Pack all open units'],
      ['/draft-orders', 'No draft orders here'],
      ['/draft-orders/new', 'Create the draft order'],
      ['/returns', 'Rejected'],
      ['/reviews', 'No reviews here'],
      ['/promotions', 'New promotion'],
      ['/promotions/new', 'Show the effect'],
      ['/products', lamp.name],
      ['/products/new', 'Save as draft'],
      [`/products/${product.id}`, 'Hide from shoppers'],
      ['/imports', 'No imports yet'],
      ['/inventory', lamp.sku],
      ['/inventory?tab=movements', lamp.sku],
      ['/customers', 'A Buyer'],
      ['/settings', 'Warehouses'],
      ['/settings/members', 'Invite a member'],
      ['/settings/shipping', 'Show the methods'],
      ['/no-such-page', 'There is nothing here'],
    ];
    for (const [path, fact] of pages) {
      await dashboard.open(path);
      await page.getByText(fact).locator('visible=true').first().waitFor();
      found.push(...(await accessibilityViolations(page)).map((each) => `${path}: ${each}`));
      if ((await overflowPx(page)) > 0) found.push(`${path}: wider than the window`);
    }
    expect(found).toEqual([]);
  });
});
