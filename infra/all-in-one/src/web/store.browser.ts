import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { builtWebApps } from '@souk/deployment/gateway';
import { startFlutterwaveEmulator } from '@souk/emulators/flutterwave';
import { startStripeEmulator, type StripeEmulator } from '@souk/emulators/stripe';
import { escaped, rowsBelow, until } from '@souk/kit/testing';
import { LOCALES } from '@souk/store/locales';
import { formatDateTime, formatMoney } from '@souk/store/format';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { FULFILLMENT_CREATE, FULFILLMENT_DELIVER, FULFILLMENT_SHIP } from '../testing/operations.ts';
import { OWNER } from '../testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from '../testing/test-souk.ts';
import { accessibilityViolations, launchBrowser, openPage, overflowPx, uncaughtErrors } from './testing/browser.ts';
import { Dashboard } from './testing/dashboard.ts';
import { emulatedStripeJs } from './testing/stripe-js.ts';
import { stockShelf, type Shelf } from './testing/stocked-shelf.ts';
import { Store } from './testing/store.ts';

const PROMOTION_CREATE = `mutation ($input: PromotionCreateInput!) { promotionCreate(input: $input) { promotion { id } userErrors { message } } }`;
const ORDERS = `query { orders(first: 200) { nodes { id number email status lines { sku } } } }`;

const ACCOUNT_SET = `mutation ($input: PaymentAccountSetInput!) { paymentAccountSet(input: $input) { userErrors { message } } }`;
const FLUTTERWAVE = { secretKey: 'FLWSECK_TEST-1', secretHash: 'hash-of-the-shop' };

let installation: TestInstallation;
let souk: TestSouk;
let browser: Browser;
let stripe: StripeEmulator;
let flutterwave: Awaited<ReturnType<typeof startFlutterwaveEmulator>>;
let shelf: Shelf;
let store: Store;
let errors: readonly string[];

beforeAll(async () => {
  installation = await openInstallation();
  stripe = await startStripeEmulator({ webhookSecret: 'whsec_shop', webhookUrl: () => null });
  flutterwave = await startFlutterwaveEmulator({ ...FLUTTERWAVE, webhookUrl: () => null });
  const secrets = [
    { tenantId: '*', name: 'stripe', secretKey: 'sk_test_1', webhookSecret: 'whsec_shop', apiUrl: stripe.url },
    {
      tenantId: '*',
      name: 'flutterwave',
      secretKey: FLUTTERWAVE.secretKey,
      webhookSecret: null,
      apiUrl: flutterwave.url,
    },
  ];
  const mailFolder = await mkdtemp(join(tmpdir(), 'souk-store-mails-'));
  const settings = { payments: { secrets }, accounts: { mailFolder } };
  souk = await startTestSouk(installation, { webApps: builtWebApps(), mailFolder, settings });
  shelf = await stockShelf(souk);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await souk?.stop();
  await installation.database.drop();
  await Promise.all([stripe.stop(), flutterwave.stop()]);
});

/** Opens the store in a new browser context, without cookies of other tests. */
async function openStore(options: BrowserContextOptions = {}): Promise<Store> {
  const page = await openPage(browser, options);
  errors = uncaughtErrors(page);
  return new Store(page, souk.url);
}

beforeEach(async () => {
  store = await openStore();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(errors).toEqual([]);
});

/** Buys the product of a page. @returns the order's id, from the URL of its page */
async function buy(path: string, email: string): Promise<string> {
  await store.open(path);
  await store.addToCart(1);
  await store.fillCheckout(email);
  await store.button(/^Place order for/).click();
  await store.heading(/^Order /).waitFor();
  return store.page.url().split('/').at(-1) ?? '';
}

const ordersOf = async (email: string) => {
  const { orders } = await souk.data(ORDERS, {}, souk.owner);
  return orders.nodes.filter((order: { readonly email: string }) => order.email === email);
};

describe('a guest', () => {
  test('finds a product, chooses an option, and buys after a declined card', async () => {
    await store.open();
    await store.link('Lamps').locator('visible=true').first().click();
    await store.heading('Lamps').waitFor();
    await store.link('Linen lamp').click();
    await store.heading('Linen lamp').waitFor();
    await store.page.getByText('Moss').click();
    await store.page.getByText('Sold out').first().waitFor();
    expect(await store.button('Sold out').isDisabled()).toBe(true);
    await store.page.getByText('Sand').last().click();
    await store.addToCart(1);
    await store.fillCheckout('guest@example.test');
    await store.page.getByRole('radio', { name: /Declined test card/ }).click();
    await store.button('Place order for €44.90').click();
    await store.page.getByRole('alert').getByText('The bank declined the card.').waitFor();
    expect(await ordersOf('guest@example.test')).toEqual([]);
    await store.page.getByRole('radio', { name: /Visa ending in 4242/ }).click();
    await store.button('Place order for €44.90').click();
    await store.heading(/^Order /).waitFor();
    const [order] = await ordersOf('guest@example.test');
    await store.heading(`Order ${order.number}`).waitFor();
    await store.link('Cart, empty').waitFor();
  });

  test('sees each missing answer, and loses nothing on a reload', async () => {
    await store.open(`/products/${shelf.productSlug}`);
    await store.addToCart(1);
    await store.open('/checkout');
    await store.chooseCountry('United States');
    await store.button('Continue to shipping').click();
    await store.page.getByText('6 answers are missing or wrong').waitFor();
    await store.button('State or region: fill this in.').click();
    expect(await store.page.evaluate('document.activeElement.name')).toBe('region');
    await store.fillCheckout('reload@example.test');
    await store.page.reload();
    await store.page.getByText('reload@example.test').waitFor();
    await store.button('Place order for €44.90').waitFor();
  });

  test('of a country without a shipping method learns it before the payment', async () => {
    await store.open(`/products/${shelf.productSlug}`);
    await store.addToCart(1);
    await store.fillCheckout('far@example.test');
    await store.button('Change').click();
    await store.chooseCountry('Iceland');
    await store.page.getByLabel('Postal code', { exact: true }).fill('101');
    await store.button('Continue to shipping').click();
    await store.page.getByText('The shop does not ship to Iceland.').waitFor();
    expect(await store.button(/^Place order for/).count()).toBe(0);
  });

  test('opens an order in another browser by its number and email address', async () => {
    const id = await buy(`/products/${shelf.productSlug}`, 'finder@example.test');
    const [{ number }] = await ordersOf('finder@example.test');
    store = await openStore();
    await store.open(`/orders/${id}`);
    await store.heading('This order needs its key').waitFor();
    await store.page.getByLabel('Order number').fill(number);
    await store.page.getByLabel('Email').fill('other@example.test');
    await store.button('Open the order').click();
    await store.page.getByText('No order has this number and this email address.').waitFor();
    await store.page.getByLabel('Email').fill('finder@example.test');
    await store.button('Open the order').click();
    await store.heading(`Order ${number}`).waitFor();
  });
});

describe('a shop with several providers', () => {
  const setAccount = async (input: object) => {
    const { paymentAccountSet } = await souk.data(ACCOUNT_SET, { input }, souk.owner);
    expect(paymentAccountSet.userErrors).toEqual([]);
  };
  const offer = async (enabled: boolean, publishableKey: string | null = null) => {
    await setAccount({ provider: 'TEST', enabled: true, captureMethod: 'MANUAL' });
    await setAccount({
      provider: 'STRIPE',
      enabled,
      captureMethod: 'MANUAL',
      secretName: 'stripe',
      ...(publishableKey && { publishableKey }),
    });
    await setAccount({ provider: 'FLUTTERWAVE', enabled, captureMethod: 'AUTOMATIC', secretName: 'flutterwave' });
  };
  beforeEach(() => offer(true));
  afterAll(() => offer(false));

  const choose = (name: RegExp) => store.page.getByRole('radio', { name }).click();
  const fill = async (email: string) => {
    await store.open(`/products/${shelf.productSlug}`);
    await store.addToCart(1);
    await store.fillCheckout(email);
  };

  test('sends the buyer to the page of the provider and back to the order', async () => {
    await fill('hosted@example.test');
    await choose(/^Flutterwave/);
    await store.button(/^Place order for/).click();
    await store.heading('Flutterwave (emulated)').waitFor();
    await store.button('pay').click();
    await store.heading(/^Order /).waitFor();
    expect(await ordersOf('hosted@example.test')).toHaveLength(1);
  });

  test('keeps the payment of a buyer who leaves the page, who may continue or pay in another way', async () => {
    await fill('undecided@example.test');
    await choose(/^Test card with 3-D Secure/);
    await store.button(/^Place order for/).click();
    await store.button('approve').waitFor();
    await store.open('/checkout');
    await store.heading('Your payment is not complete').waitFor();
    expect(await accessibilityViolations(store.page)).toEqual([]);
    await store.button('Continue the payment').click();
    await store.button('decline').click();
    await store.page.getByRole('alert').getByText('The bank declined the card.').waitFor();
    await choose(/^Test card with 3-D Secure/);
    await store.button(/^Place order for/).click();
    await store.button('approve').waitFor();
    await store.open('/checkout');
    await store.button('Pay in another way').click();
    await choose(/^Test card Visa ending in 4242/);
    await store.button(/^Place order for/).click();
    await store.heading(/^Order /).waitFor();
    expect(await ordersOf('undecided@example.test')).toHaveLength(1);
  });

  test('shows the form of Stripe, whose token pays the order', async () => {
    await offer(true, 'pk_test_shop');
    const made = await fetch(`${stripe.url}/v1/test_helpers/confirmation_tokens`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_1', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'payment_method=pm_card_visa',
    });
    const { id: token } = (await made.json()) as { readonly id: string };
    await store.page.route('https://js.stripe.com/**', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: emulatedStripeJs(token) }),
    );
    await fill('form@example.test');
    await choose(/^Card or wallet/);
    await store.page.getByText('Form of pk_test_shop for 4490 eur').waitFor();
    await store.button(/^Place order for/).click();
    await store.heading(/^Order /).waitFor();
    expect(stripe.intents().at(-1)).toMatchObject({ payment_method: 'pm_card_visa', amount: 4490, currency: 'eur' });
  });
});

/** Finds the newest mail with a link to the page. @returns the path of the link */
async function mailedLink(page: string): Promise<string> {
  return until(async () => {
    const list = await (await fetch(`${souk.url}/mail`)).text();
    for (const [, path] of list.matchAll(/href="(\/mail\/[^"]+)"/g)) {
      const [link] = (await (await fetch(`${souk.url}${path}`)).text()).match(new RegExp(`${page}#token=[^"<]+`)) ?? [];
      if (link) return link.replaceAll('&amp;', '&');
    }
    return null;
  });
}

describe('a customer', () => {
  const password = 'a long password of a lamp';

  test('opens an account by a mail, and finds the orders and the cart of the guest in it', async () => {
    const email = 'account@example.test';
    await buy(`/products/${shelf.productSlug}`, email);
    const number = (await ordersOf(email))[0].number;
    await store.open(`/products/${shelf.productSlug}`);
    await store.addToCart(1);
    await store.link('Account').click();
    await store.heading('Sign in').waitFor();
    expect(await accessibilityViolations(store.page)).toEqual([]);
    await store.link('Open an account').click();
    await store.page.getByLabel('Email').fill(email);
    await store.button('Send the mail').click();
    await store.heading('Look at your mailbox').waitFor();
    await store.open((await mailedLink('/account/verify')).replace(/^.*\/account/, '/account'));
    await store.page.getByLabel('New password').fill('short');
    await store.button('Sign in').click();
    expect(await store.page.getByLabel('New password').getAttribute('aria-invalid')).toBe('true');
    await store.page.getByLabel('New password').fill(password);
    await store.button('Sign in').click();
    await store.heading('Your account').waitFor();
    await store.link(`Order ${number}`).waitFor();
    await store.link('Cart, 1 item').waitFor();
    expect(await accessibilityViolations(store.page)).toEqual([]);
    await store.button('Sign out').click();
    await store.link('Cart, empty').waitFor();

    store = await openStore();
    await store.open('/account');
    await store.page.getByLabel('Email').fill(email);
    await store.page.getByLabel('Password').fill('not the password');
    await store.button('Sign in').click();
    await store.page.getByText('Email and password do not match an account.').waitFor();
    await store.page.getByLabel('Password').fill(password);
    await store.button('Sign in').click();
    await store.link('Cart, 1 item').waitFor();
    await store.link(`Order ${number}`).click();
    await store.heading(`Order ${number}`).waitFor();
  });

  test('signs in by a link, and reads that the link works once', async () => {
    await store.open('/account/link');
    await store.page.getByLabel('Email').fill('account@example.test');
    await store.button('Send the mail').click();
    await store.heading('Look at your mailbox').waitFor();
    const link = (await mailedLink('/account/login')).replace(/^.*\/account/, '/account');
    await store.open(link);
    await store.button('Sign in').click();
    await store.heading('Your account').waitFor();
    await store.button('Sign out').click();
    await store.heading('Sign in').waitFor();
    await store.open('/');
    await store.open(link);
    await store.button('Sign in').click();
    await store.page.getByRole('alert').waitFor();
    await store.heading('Sign in by link').waitFor();
  });

  /** Rejects a review, publishes it after all and replies to it, on the page of the dashboard. */
  async function moderate(title: string, reply: string): Promise<void> {
    const page = await openPage(browser, { viewport: { width: 390, height: 844 } });
    const dashboard = new Dashboard(page, souk.url);
    await dashboard.open();
    await dashboard.signIn(OWNER.email, OWNER.password);
    await dashboard.open('/reviews');
    await dashboard.heading(title).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await overflowPx(page)).toBeLessThanOrEqual(0);
    await dashboard.button('Reject').click();
    const dialog = dashboard.dialog(`Reject “${title}”?`);
    await dialog.getByLabel('Reason').fill('Is about the parcel');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('No reviews here').waitFor();
    await page.getByRole('tab', { name: 'Rejected' }).click();
    await page.getByText('Rejected: Is about the parcel').waitFor();
    expect(await dashboard.button('Reject').count()).toBe(0);
    await dashboard.button('Publish').click();
    await page.getByText('No reviews here').waitFor();
    await page.getByRole('tab', { name: 'Published' }).click();
    await dashboard.button('Reply').click();
    await dashboard.button('Save').click();
    await page.getByText('Enter a reply.').waitFor();
    await page.getByLabel('Reply of the shop').fill(reply);
    expect(await accessibilityViolations(page)).toEqual([]);
    await dashboard.button('Save').click();
    await dashboard.button('Change the reply').waitFor();
  }

  /** Signs in with the account of the first test, from a page that asks for it. */
  async function signIn(path: string): Promise<void> {
    await store.open(path);
    await store.page.getByLabel('Email').fill('account@example.test');
    await store.page.getByLabel('Password').fill(password);
    await store.button('Sign in').click();
  }

  test('keeps a product by the heart on its page, and moves it from the wishlist to the cart', async () => {
    await store.open(`/products/${shelf.productSlug}`);
    await store.link('Sign in to keep a wishlist').click();
    await signIn('/account/wishlist');
    await store.page.getByText('Your wishlist is empty').waitFor();
    await store.open(`/products/${shelf.productSlug}`);
    await store.button('Add to wishlist').click();
    await store.button('Remove from wishlist').click();
    await store.button('Add to wishlist').click();
    await store.button('Remove from wishlist').waitFor();
    await store.page.setViewportSize({ width: 320, height: 800 });
    await store.page.evaluate(`localStorage.setItem('souk-store-language', 'ar')`);
    await store.open('/account/wishlist');
    await store.button(/^انقل إلى السلة/).waitFor();
    expect(await accessibilityViolations(store.page)).toEqual([]);
    expect(await overflowPx(store.page)).toBeLessThanOrEqual(0);
    await store.page.evaluate(`localStorage.setItem('souk-store-language', 'en')`);
    await store.open('/account/wishlist');
    await store.link('Cart, 1 item').waitFor();
    await store.button('Move to cart: Linen lamp').click();
    await store.page.getByText('Your wishlist is empty').waitFor();
    await store.link('Cart, 2 items').waitFor();
  });

  test('reviews a bought product, and every shopper reads the review after the shop published it', async () => {
    await signIn('/account');
    await store.heading('Your account').waitFor();
    await store.open(`/products/${shelf.productSlug}`);
    await store.button('Write a review').click();
    await store.button('Send review').click();
    await store.page.getByText('Fill in the title, the review and the name.').waitFor();
    await store.page.getByLabel('Title').fill('Warm light');
    await store.page.getByLabel('Your review').fill('I read by it every night.');
    await store.page.getByLabel('Name that others see').fill('Ada L.');
    expect(await accessibilityViolations(store.page)).toEqual([]);
    await store.button('Send review').click();
    await store.page.getByText('Your review waits for the approval of the shop.').waitFor();
    await moderate('Warm light', 'Sleep well.');

    store = await openStore({ viewport: { width: 390, height: 844 } });
    await store.open(`/products/${shelf.productSlug}`);
    await store.heading('Warm light').waitFor();
    await store.page.getByText('Verified purchase').waitFor();
    await store.page.getByText('1 review').first().waitFor();
    await store.page.getByText('Sleep well.').waitFor();
    expect(await overflowPx(store.page)).toBeLessThanOrEqual(0);
    expect(await accessibilityViolations(store.page)).toEqual([]);
  });
});

describe('the cart', () => {
  test('keeps a removed article for an undo', async () => {
    await store.open(`/products/${shelf.productSlug}`);
    await store.addToCart(1);
    await store.open('/cart');
    await store.button('One more').click();
    await store.link('Cart, 2 items').waitFor();
    await store.button('Remove Linen lamp').click();
    await store.heading('Your cart').waitFor();
    await store.page.getByText('Your cart is empty').waitFor();
    await store.button('Undo').click();
    await store.link('Cart, 2 items').waitFor();
  });

  test('takes a discount code, and says why another one does not apply', async () => {
    const promotion = {
      name: 'A tenth off',
      code: 'TENTH',
      active: true,
      action: { type: 'PERCENTAGE', percent: '10' },
    };
    const minimum = { ...promotion, code: 'PLENTY', minSubtotals: [{ currencyCode: 'EUR', amount: '500.00' }] };
    for (const input of [promotion, minimum]) await souk.data(PROMOTION_CREATE, { input }, souk.owner);
    await store.open(`/products/${shelf.productSlug}`);
    await store.addToCart(1);
    await store.open('/cart');
    const enter = async (code: string) => {
      await store.page.getByLabel('Discount code').fill(code);
      await store.button('Apply').click();
    };
    await enter('NOTHING');
    await store.page.getByText('The shop has no such code.').waitFor();
    await enter('plenty');
    await store.page.getByText('PLENTY does not fit the articles in your cart.').waitFor();
    await enter('tenth');
    await store.page.getByText('TENTH is applied.').waitFor();
    await store.page.getByText('-€4.00').waitFor();
    await store.button('Remove the code TENTH').click();
    await store.page.getByText('-€4.00').waitFor({ state: 'detached' });
  });

  test('has the same articles in another tab', async () => {
    await store.open(`/products/${shelf.productSlug}`);
    const other = new Store(await store.page.context().newPage(), souk.url);
    await other.open('/cart');
    await other.page.getByText('Your cart is empty').waitFor();
    await store.addToCart(1);
    await other.button('Remove Linen lamp').waitFor();
  });
});

test('a list is filtered by price and stock, and its address leads to the same list', async () => {
  await store.open(`/categories/${shelf.categorySlug}`);
  await store.link('Linen lamp').waitFor();
  const filters = store.page.getByRole('complementary', { name: 'Filter' });
  await filters.getByLabel('From').fill('99,50');
  await filters.getByRole('button', { name: 'Apply' }).click();
  await store.page.getByText('No product fits these filters').waitFor();
  await store.page.reload();
  await store.page.getByText('No product fits these filters').waitFor();
  await store.button('Remove the filter "From €99.50"').click();
  await filters.getByLabel('In stock only').click();
  await store.link('Linen lamp').waitFor();
  expect(new URL(store.page.url()).search).toBe('?stock=in');
});

describe('the search', () => {
  /** Waits until the search index contains the product. An event updates the index. */
  const indexed = () =>
    until(async () => {
      const { search } = await souk.data('{ search(query: "linen lamp") { totalCount } }', {}, souk.owner);
      return search.totalCount > 0;
    });

  test('suggests while one types, finds by facets, and its address leads to the same products', async () => {
    await indexed();
    await store.open();
    const field = store.page.getByRole('combobox', { name: 'Search the shop' });
    await field.pressSequentially('linen la');
    await store.page.getByRole('option', { name: 'linen lamp', exact: true }).waitFor();
    await field.press('ArrowDown');
    await store.page.getByRole('option', { selected: true }).waitFor();
    expect(await accessibilityViolations(store.page)).toEqual([]);
    await field.press('Enter');
    await store.heading('“linen lamp”').waitFor();
    await store.link('Linen lamp').waitFor();
    await store.open('/search?q=linen+lamp&price=100.00-249.99');
    await store.page.getByText('No product fits these filters').waitFor();
    await store.button('Remove all filters').click();
    await store.link('Linen lamp').waitFor();
    expect(new URL(store.page.url()).search).toBe('?q=linen+lamp');
  });

  test('closes the list for Escape, and opens a suggested product', async () => {
    await indexed();
    await store.open();
    const field = store.page.getByRole('combobox', { name: 'Search the shop' });
    await field.pressSequentially('linen');
    await store.page.getByRole('listbox').waitFor();
    await field.press('Escape');
    await store.page.getByRole('listbox').waitFor({ state: 'detached' });
    await field.press('ArrowDown');
    await store.page.getByRole('option', { name: 'Linen lamp', exact: true }).click();
    await store.heading('Linen lamp').waitFor();
  });

  test('corrects a typing error, and states why nothing was found', async () => {
    await indexed();
    await store.open('/search?q=linnen');
    await store.page.getByText('Nothing was found for “linnen”. These are the products for “linen”.').waitFor();
    await store.link('Linen lamp').waitFor();
    await store.open('/search?q=xylophone');
    await store.page.getByText('Nothing was found for “xylophone”', { exact: true }).waitFor();
  });
});

test('the order page moves while one looks: packed, shipped, delivered, and then takes a return', async () => {
  const openings = souk.lines.openings;
  const orderId = await buy(`/products/${shelf.productSlug}`, 'watcher@example.test');
  await until(() => souk.lines.openings > openings); // the page has subscribed
  const step = (name: string) => store.page.getByRole('listitem').filter({ hasText: name });
  await step('Packed').getByText('not yet').waitFor();
  const { fulfillmentCreate } = await souk.data(FULFILLMENT_CREATE, { input: { orderId } }, souk.owner);
  await step('Packed').getByText('not yet').waitFor({ state: 'detached' });
  const [{ id: fulfillmentId }] = fulfillmentCreate.fulfillments;
  const shipment = { fulfillmentId, carrier: 'DHL', trackingNumber: 'JD0001' };
  await souk.data(FULFILLMENT_SHIP, { input: shipment }, souk.owner);
  await store.page.getByText('DHL, tracking number JD0001').waitFor();
  await souk.data(FULFILLMENT_DELIVER, { input: { fulfillmentId } }, souk.owner);
  await step('Delivered').getByText('not yet').waitFor({ state: 'detached' });
  await store.button('Return articles').click();
  await store.button('Send the request').click();
  await store.page.getByText('Choose at least one unit.').waitFor();
  await store.button('One more').click();
  await store.button('Send the request').click();
  await store.page.getByText('Requested', { exact: true }).waitFor();
  expect(await store.button('Return articles').count()).toBe(0);
  expect(await accessibilityViolations(store.page)).toEqual([]);
});

test('two buyers race for the last unit: one gets it, and the other one reads why', async () => {
  const last = await souk.shop.offer({ north: 1, south: 0, name: 'The last jug' });
  const slug = 'the-last-jug';
  const stores = [store, await openStore()];
  for (const [index, each] of stores.entries()) {
    await each.open(`/products/${slug}`);
    await each.page.getByText('Only one left').first().waitFor();
    await each.addToCart(1);
    await each.fillCheckout(`racer-${index}@example.test`);
  }
  await Promise.all(stores.map((each) => each.button(/^Place order for/).click()));
  const ends = await Promise.all(
    stores.map(async (each) => {
      const won = each.heading(/^Order /);
      const lost = each.page.getByRole('alert').getByText('no longer in stock');
      await won.or(lost).waitFor();
      return (await won.count()) > 0;
    }),
  );
  expect(ends.filter(Boolean)).toHaveLength(1);
  const { orders } = await souk.data(ORDERS, {}, souk.owner);
  const sold = orders.nodes.filter(({ lines }: { readonly lines: readonly { readonly sku: string }[] }) =>
    lines.some(({ sku }) => sku === last.sku),
  );
  expect(sold).toHaveLength(1);
});

describe('the language', () => {
  test('changes at once, with the direction and the names of products, and stays', async () => {
    await store.open(`/products/${shelf.productSlug}`);
    await store.chooseLanguage(/^Language/, 'Deutsch');
    await store.heading('Leinenleuchte').waitFor();
    await store.button('In den Warenkorb').waitFor();
    await store.chooseLanguage(/^Sprache/, 'العربية');
    await store.button('أضف إلى السلة').waitFor();
    await store.page.reload();
    await store.button('أضف إلى السلة').waitFor();
    const { lang, dir } = await store.page.evaluate<{ lang: string; dir: string }>(
      '({ lang: document.documentElement.lang, dir: document.documentElement.dir })',
    );
    expect([lang, dir]).toEqual(['ar', 'rtl']);
    const mark = await store.page.getByRole('banner').getByRole('link').first().boundingBox();
    expect(mark?.x).toBeGreaterThan((store.page.viewportSize()?.width ?? 0) / 2);
  });

  test.each(rowsBelow('Separators'))('prints amounts in %s as docs/money.md shows', async (locale, inNode, shown) => {
    await store.open();
    const money = { amount: '1234567.50', currencyCode: 'CHF' };
    const printed = await store.page.evaluate<string>(
      `(${formatMoney.toString()})(${JSON.stringify(money)}, '${locale}')`,
    );
    expect(escaped(printed)).toBe(shown === 'same' ? inNode : shown);
  });

  test('formats money and times in the browser as in Node', async () => {
    await store.open();
    const at = '2026-05-03T12:05:00.000Z';
    for (const locale of Object.values(LOCALES)) {
      for (const [amount, currencyCode] of [
        ['1234567.50', 'EUR'],
        ['-0.05', 'USD'],
        ['1500', 'JPY'],
        ['1.234', 'KWD'],
        ['99.90', 'CHF'],
      ] as const) {
        const money = { amount, currencyCode };
        const inBrowser = await store.page.evaluate(
          `(${formatMoney.toString()})(${JSON.stringify(money)}, '${locale}')`,
        );
        expect({ locale, money: inBrowser }).toEqual({ locale, money: formatMoney(money, locale) });
      }
      const time = await store.page.evaluate(`(${formatDateTime.toString()})('${at}', '${locale}')`);
      expect({ locale, time }).toEqual({ locale, time: formatDateTime(at, locale) });
    }
  });
});

describe('every page', () => {
  test.each([
    { language: 'en', width: 1440, colorScheme: 'light' },
    { language: 'de', width: 320, colorScheme: 'light' },
    { language: 'ar', width: 320, colorScheme: 'dark' },
    { language: 'ar', width: 1440, colorScheme: 'light' },
  ] as const)('is accessible and fits: $language, $width px, $colorScheme', async (window) => {
    const { language, width, colorScheme } = window;
    const orderId = await buy(`/products/${shelf.productSlug}`, 'pages@example.test');
    const { page } = store;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(`localStorage.setItem('souk-store-language', '${language}')`);
    await store.open(`/products/${shelf.productSlug}`);
    await page
      .getByRole('main')
      .getByRole('button', { name: /cart|Warenkorb|السلة/ })
      .click();
    await page.getByRole('banner').getByRole('link', { name: /1/ }).waitFor();
    const paths = ['/', '/products', `/categories/${shelf.categorySlug}`, `/products/${shelf.productSlug}`, '/cart'];
    const found: string[] = [];
    for (const path of [
      ...paths,
      '/account',
      '/account/register',
      '/checkout',
      `/orders/${orderId}`,
      '/orders',
      '/products?min=9999',
      '/search?q=linen',
      '/nothing',
    ]) {
      await store.open(path);
      await page.getByRole('main').getByRole('heading').first().waitFor();
      await page.waitForLoadState('networkidle');
      found.push(...(await accessibilityViolations(page)).map((each) => `${path}: ${each}`));
      if ((await overflowPx(page)) > 0) found.push(`${path}: wider than the window`);
    }
    expect(found).toEqual([]);
  });
});
