import { createHash, createHmac } from 'node:crypto';
import { startStripeEmulator, type StripeEmulator } from '@souk/emulators/stripe';
import { until } from '@souk/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Data } from '../testing/graphql-client.ts';
import { generateSync } from 'otplib';
import { OWNER } from '../testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from '../testing/test-souk.ts';
import { DocumentedApi } from './testing/documented-api.ts';
import { callRest, ExampleRunner, type RestAnswer } from './testing/rest-client.ts';

const api = new DocumentedApi();
let installation: TestInstallation;
let souk: TestSouk;
let examples: ExampleRunner;
let stripe: StripeEmulator;
beforeAll(async () => {
  stripe = await startStripeEmulator(PROVIDER_SECRET);
  const secret = { ...PROVIDER_SECRET, apiUrl: stripe.url };
  installation = await openInstallation();
  souk = await startTestSouk(installation, { settings: { payments: { secrets: [secret] } } });
  examples = new ExampleRunner(souk.url, api, souk.owner);
  examples.substitute('staff@shop.example', OWNER.email);
  examples.substitute(example('toWarehouseId'), souk.shop.warehouses.SOUTH);
  await captureManually();
  await connectProviders();
  await failMessage();
  await sendLinks();
  await sendInvitation();
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
  await stripe.stop();
});

const PROVIDER_SECRET = {
  tenantId: '*',
  name: 'provider',
  secretKey: 'sk_test_1',
  webhookSecret: 'whsec_test',
};

/** The routes that use a token from a mail, with the purpose of the token. */
const LINKS = [
  ['customerVerify', 'REGISTRATION'],
  ['passwordReset', 'PASSWORD_RESET'],
  ['loginLinkUse', 'LOGIN'],
] as const;

/** The address of the account that a link opens. */
const linkEmail = (route: string) => `${route.toLowerCase()}@mail.example`;

/** Enables the payment providers, and replaces the documented webhook signatures with valid signatures. */
async function connectProviders() {
  const { name: secretName, webhookSecret, secretKey } = PROVIDER_SECRET;
  const account = { enabled: false, secretName, captureMethod: 'MANUAL' };
  for (const provider of ['STRIPE', 'PAYSTACK', 'FLUTTERWAVE'])
    await callRest(souk.url, 'PUT', `/payment-accounts/${provider}`, { headers: souk.owner, body: account });
  const bodyOf = (route: string) => JSON.stringify(api.route(route).body);
  const seconds = Math.floor(Date.now() / 1000);
  const stripe = createHmac('sha256', webhookSecret)
    .update(`${seconds}.${bodyOf('stripeWebhook')}`)
    .digest('hex');
  examples.substitute(example('Stripe-Signature'), `t=${seconds},v1=${stripe}`);
  const paystack = createHmac('sha512', secretKey).update(bodyOf('paystackWebhook')).digest('hex');
  examples.substitute(example('X-Paystack-Signature'), paystack);
  const flutterwave = createHmac('sha256', webhookSecret).update(bodyOf('flutterwaveWebhook')).digest('base64');
  examples.substitute(example('Flutterwave-Signature'), flutterwave);
  examples.substitute(example('Verif-Hash'), webhookSecret);
}

/** Sets the capture policy to manual, so a payment stays authorized until a step captures or voids it. */
async function captureManually() {
  const admin = await installation.database.connect();
  await admin.query(
    `insert into orders.order_settings (tenant_id, default_currency, capture_policy, number_prefix)
     values ($1, 'EUR', 'MANUAL', 'S-')
     on conflict (tenant_id) do update set capture_policy = 'MANUAL'`,
    [souk.shop.tenantId],
  );
}

/** Adds a message in state FAILED. A later step sends the message again. */
async function failMessage() {
  const admin = await installation.database.connect();
  await admin.query(
    `insert into accounts.message (tenant_id, fact, template, reference_id, state)
     values ($1, 'documented', 'ORDER_PLACED', gen_random_uuid(), 'FAILED')`,
    [souk.shop.tenantId],
  );
}

/** Adds the links whose tokens the documented examples use. The links for a password reset and a login also need an account. */
async function sendLinks() {
  const admin = await installation.database.connect();
  const { tenantId } = souk.shop;
  for (const [route, purpose] of LINKS) {
    const email = linkEmail(route);
    const { token } = api.route(route).body as { readonly token: string };
    const hash = createHash('sha256').update(token).digest('base64url');
    await admin.query(
      `insert into accounts.account_link (tenant_id, id, purpose, token_hash, email, email_key, expires_at)
       values ($1, gen_random_uuid(), $2, $3, $4, $4, now() + interval '1 hour')`,
      [tenantId, purpose, hash, email],
    );
    if (purpose === 'REGISTRATION') continue;
    await admin.query(
      `insert into accounts.user_account (tenant_id, id, email, password_hash, role)
       values ($1, gen_random_uuid(), $2, '$argon2id$none', 'SHOPPER')`,
      [tenantId, email],
    );
  }
}

const INVITATION_TOKEN = 'bGluay1vZi1hbi1pbnZpdGF0aW9u';

/** Adds an invitation with the documented token. */
async function sendInvitation() {
  const admin = await installation.database.connect();
  const hash = createHash('sha256').update(INVITATION_TOKEN).digest('base64url');
  await admin.query(
    `insert into accounts.user_invitation (tenant_id, id, email, role, token_hash, expires_at)
     values ($1, gen_random_uuid(), 'invited@shop.example', 'STAFF', $2, now() + interval '1 day')`,
    [souk.shop.tenantId, hash],
  );
}

/** Gives the new shop's owner a confirmation with the documented token. */
async function addConfirmation({ user }: Data) {
  const admin = await installation.database.connect();
  const { token } = api.route('emailConfirm').body as { readonly token: string };
  const hash = createHash('sha256').update(token).digest('base64url');
  const { rowCount } = await admin.query(
    'update accounts.email_confirmation set token_hash = $2 where tenant_id = $1',
    [user.tenant.id, hash],
  );
  expect(rowCount).toBe(1);
}

/** Later steps send the code that an authenticator app with this secret shows. */
async function readAppCode({ secret }: Data) {
  examples.substitute(documentedBody('mfaConfirm')['code'], generateSync({ secret }));
}

/** Logs in, so that later steps send a real challenge and real recovery codes. */
async function logInWithChallenge({ recoveryCodes }: Data) {
  const credentials = { email: linkEmail('customerVerify'), password: documentedBody('mfaEnroll')['password'] };
  const login = await callRest(souk.url, 'POST', '/auth/login', { body: credentials });
  examples.substitute(documentedBody('loginVerify')['challenge'], login.body?.data.challenge.token);
  for (const [index, route] of ['loginVerify', 'mfaRecoveryCodesReplace'].entries())
    examples.substitute(documentedBody(route)['code'], recoveryCodes[index]);
}

async function collectRecoveryCode({ recoveryCodes }: Data) {
  examples.substitute(documentedBody('mfaDisable')['code'], recoveryCodes[0]);
}

/** The documented request body of a route. */
function documentedBody(route: string): Readonly<Record<string, unknown>> {
  return api.route(route).body as Readonly<Record<string, unknown>>;
}

/** Returns the documented example of the parameters and fields with this name. */
function example(name: string): string {
  const parameter = api.routes.flatMap(({ parameters }) => parameters).find((each) => each.name === name);
  const value: unknown = parameter?.example ?? new RegExp(`"${name}": "([^"]+)"`).exec(api.text)?.[1];
  if (typeof value !== 'string') throw new Error(`docs/openapi.json has no example of "${name}".`);
  return value;
}

/** Remembers ids in a step's response. Later steps send these ids in place of the documented ids. */
type Collect = (data: Data) => void | Promise<void>;

const collectId =
  (documented: () => string, real: (data: Data) => unknown): Collect =>
  (data) =>
    examples.substitute(documented(), real(data));

/** Authenticates as the customer does on the page of the bank. */
const collectSetup: Collect = ({ setupId }) => {
  examples.substitute(example('setupId'), setupId);
  const waiting = stripe.setupIntents().find(({ status }) => status === 'requires_action');
  stripe.buyerActs(waiting?.id ?? '', true);
};

const all =
  (...collectors: readonly Collect[]): Collect =>
  async (data) => {
    for (const collect of collectors) await collect(data);
  };

const nothing: Collect = () => undefined;

const collectCart = collectId(
  () => example('cartId'),
  (cart) => cart['id'],
);
const collectLine = collectId(
  () => example('lineId'),
  (cart) => cart['lines'][0].id,
);
const collectShipping = collectId(
  () => example('shippingMethodId'),
  (methods) => methods[0].id,
);
const collectOrder = all(
  collectId(
    () => example('orderId'),
    ({ order }) => order.id,
  ),
  collectId(
    () => example('orderAccessToken'),
    (data) => data['orderAccessToken'],
  ),
);
const collectDraft = collectId(
  () => documented('DraftOrder.id'),
  ({ id }) => id,
);
const collectFulfillment = collectId(
  () => example('fulfillmentId'),
  (fulfillments) => fulfillments[0].id,
);
const collectReturn = collectId(
  () => example('returnId'),
  ({ id }) => id,
);
const collectReview = collectId(
  () => documented('Review.id'),
  ({ id }) => id,
);

/** Publishes the review that was rejected, because its author cannot delete a rejected review. */
async function publishReview({ id }: Data) {
  await callRest(souk.url, 'POST', `/reviews/${id}/publish`, { headers: souk.owner, body: {} });
}

/** Adds a published review of another customer, which a later step reports. */
async function reviewByAnother() {
  const admin = await installation.database.connect();
  const { rows } = await admin.query<{ id: string }>(
    `insert into catalog.review (tenant_id, id, product_id, customer_id, rating, title, body, display_name, verified_purchase,
                                 status, submitted_at, published_at)
     select tenant_id, gen_random_uuid(), id, gen_random_uuid(), 3, 'Another lamp', 'Mine is blue.', 'Eve', false,
            'PUBLISHED', now(), now()
       from catalog.product where tenant_id = $1 and status = 'PUBLISHED' limit 1 returning id`,
    [souk.shop.tenantId],
  );
  examples.substitute(documented('Review.id'), rows[0]?.id);
}

const collectInvoice = collectId(
  () => documented('Invoice.id'),
  ({ id }) => id,
);
const collectPayment = collectId(
  () => example('paymentId'),
  (payments) => payments[0].id,
);

const collectWarehouse = collectId(
  () => example('warehouseId'),
  ({ id }) => id,
);

/** A PNG of one pixel. The upload is padded with zeros to the announced size. Decoders ignore bytes after the end of a PNG. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Uploads a picture with the number of bytes that the documented example announces. */
async function sendPicture({ media, upload }: Data): Promise<void> {
  const body = new Uint8Array(media.sizeBytes);
  body.set(Buffer.from(PIXEL, 'base64'));
  const response = await fetch(upload.url, { method: upload.method, body });
  expect(response.status).toBe(200);
}

/**
 * Every documented example, in an order in which the earlier steps create everything that a later step needs. The shop is empty at the
 * beginning.
 */
const STEPS: readonly (readonly [string, Collect])[] = [
  [
    'login',
    collectId(
      () => example('refreshToken'),
      (data) => data['refreshToken'],
    ),
  ],
  [
    'tokenRefresh',
    collectId(
      () => example('refreshToken'),
      (data) => data['refreshToken'],
    ),
  ],
  ['logout', nothing],
  ['customerRegister', nothing],
  ['customerVerify', ({ accessToken }) => void (examples.shopper = { authorization: `Bearer ${accessToken}` })],
  ['myCustomer', nothing],
  ['myAddresses', nothing],
  ['myOrders', nothing],
  ['myCart', nothing],
  ['paymentMethodSave', collectSetup],
  [
    'paymentMethodConfirm',
    collectId(
      () => documented('SavedPaymentMethod.id'),
      ({ paymentMethod }) => paymentMethod.id,
    ),
  ],
  ['myPaymentMethods', nothing],
  ['paymentMethodDelete', nothing],
  ['passwordResetRequest', nothing],
  ['passwordReset', nothing],
  ['loginLinkRequest', nothing],
  ['loginLinkUse', nothing],
  ['me', nothing],
  ['shop', nothing],
  ['tenantSettings', nothing],
  ['tenantUpdate', nothing],
  [
    'userCreate',
    collectId(
      () => documented('User.id'),
      ({ id }) => id,
    ),
  ],
  ['userList', nothing],
  ['userRoleSet', nothing],
  ['userDisable', nothing],
  ['userEnable', nothing],
  ['userSessionsEnd', nothing],
  ['userMfaReset', nothing],
  ['userRemove', nothing],
  [
    'userInvite',
    collectId(
      () => documented('Invitation.id'),
      ({ id }) => id,
    ),
  ],
  ['invitationList', nothing],
  ['invitationRevoke', nothing],
  ['invitationAccept', nothing],
  ['signUp', addConfirmation],
  ['emailConfirm', nothing],
  ['login', nothing],
  ['mfaEnroll', readAppCode],
  ['mfaConfirm', logInWithChallenge],
  ['mfa', nothing],
  ['loginVerify', nothing],
  ['mfaRecoveryCodesReplace', collectRecoveryCode],
  ['mfaDisable', nothing],
  [
    'apiKeyCreate',
    collectId(
      () => documented('ApiKey.id'),
      ({ apiKey }) => apiKey.id,
    ),
  ],
  ['apiKeyList', nothing],
  ['apiKeyRotate', nothing],
  ['apiKeyRevoke', nothing],
  [
    'attributeCreate',
    collectId(
      () => documented('Attribute.id'),
      ({ id }) => id,
    ),
  ],
  ['attributeUpdate', nothing],
  ['attributeList', nothing],
  [
    'brandCreate',
    all(
      collectId(
        () => documented('Brand.id'),
        ({ id }) => id,
      ),
      collectId(
        () => 'casa-clara',
        ({ slug }) => slug,
      ),
    ),
  ],
  ['brandUpdate', nothing],
  ['brandList', nothing],
  ['brandBySlug', nothing],
  [
    'categoryCreate',
    all(
      collectId(
        () => documented('Category.id'),
        ({ id }) => id,
      ),
      collectId(
        () => 'lighting',
        ({ slug }) => slug,
      ),
    ),
  ],
  ['categoryUpdate', nothing],
  ['categoryList', nothing],
  ['categoryBySlug', nothing],
  [
    'collectionCreate',
    all(
      collectId(
        () => documented('Collection.id'),
        ({ id }) => id,
      ),
      collectId(
        () => 'slow-mornings',
        ({ slug }) => slug,
      ),
    ),
  ],
  ['collectionUpdate', nothing],
  ['collectionList', nothing],
  ['collectionBySlug', nothing],
  [
    'productCreate',
    all(
      collectId(
        () => example('productId'),
        ({ id }) => id,
      ),
      collectId(
        () => 'cork-bedside-lamp',
        ({ slug }) => slug,
      ),
      collectId(
        () => example('variantId'),
        ({ variants }) => variants[0].id,
      ),
      collectId(
        () => 'LAMP-CORK',
        ({ variants }) => variants[0].sku,
      ),
    ),
  ],
  [
    'mediaUploadCreate',
    all(
      collectId(
        () => documented('Media.id'),
        ({ media }) => media.id,
      ),
      sendPicture,
    ),
  ],
  ['mediaUploadComplete', nothing],
  ['mediaUpdate', nothing],
  ['mediaList', nothing],
  ['mediaShow', nothing],
  ['mediaDelete', nothing],
  ['managedProduct', nothing],
  ['productUpdate', nothing],
  ['productTranslationSet', nothing],
  ['productPublish', nothing],
  [
    'wishlistCreate',
    collectId(
      () => documented('Wishlist.id'),
      ({ id }) => id,
    ),
  ],
  [
    'wishlistItemAdd',
    collectId(
      () => documented('WishlistItem.id'),
      ({ items }) => items[0].id,
    ),
  ],
  ['myWishlists', nothing],
  ['wishlistUpdate', nothing],
  ['wishlistItemRemove', nothing],
  ['wishlistDelete', nothing],
  ['reviewSettingsSet', nothing],
  ['reviewCreate', collectReview],
  ['reviewUpdate', nothing],
  ['reviewPublish', nothing],
  ['reviewReplySet', nothing],
  ['reviewShow', nothing],
  ['reviewList', nothing],
  ['myReview', nothing],
  ['productReviews', nothing],
  ['reviewReject', publishReview],
  ['reviewDelete', nothing],
  ['reviewSettings', reviewByAnother],
  ['reviewReport', nothing],
  ['variantCreate', nothing],
  ['variantUpdate', nothing],
  ['variantPricesSet', nothing],
  [
    'channelCreate',
    collectId(
      () => documented('Channel.id'),
      ({ id }) => id,
    ),
  ],
  ['channelUpdate', nothing],
  ['channelList', nothing],
  ['channel', nothing],
  ['channelDelete', nothing],
  [
    'priceListCreate',
    collectId(
      () => documented('PriceList.id'),
      ({ id }) => id,
    ),
  ],
  ['priceListUpdate', nothing],
  ['priceListPricesSet', nothing],
  ['priceListPrices', nothing],
  ['priceListPricesRemove', nothing],
  ['priceListList', nothing],
  ['priceList', nothing],
  ['priceListDelete', nothing],
  [
    'importStart',
    collectId(
      () => documented('Import.id'),
      ({ id }) => id,
    ),
  ],
  ['importList', nothing],
  ['importShow', nothing],
  ['importProblems', nothing],
  ['importErrorFile', nothing],
  ['importCancel', nothing],
  ['productExport', nothing],
  ['collectionProductsAdd', nothing],
  ['productList', nothing],
  ['productSearch', nothing],
  ['searchSuggest', nothing],
  ['searchSynonymsSet', nothing],
  ['searchRebuild', nothing],
  ['searchIndexState', nothing],
  ['productBySlug', nothing],
  ['variantBySku', nothing],
  ['variantByBarcode', nothing],
  ['productMetafieldsSet', nothing],
  ['productDuplicate', nothing],
  ['productMetafields', nothing],
  ['categoryProducts', nothing],
  ['collectionProducts', nothing],
  ['warehouseCreate', collectWarehouse],
  ['warehouseDelete', nothing],
  ['warehouseCreate', collectWarehouse], // The deletion freed the code.
  ['warehouseUpdate', nothing],
  ['warehouseShow', nothing],
  ['warehouses', nothing],
  ['stockAdjust', nothing],
  ['stockTransfer', nothing],
  ['stockLevelList', nothing],
  ['stockMovementList', nothing],
  ['stockItemSet', nothing],
  ['stockItemList', nothing],
  [
    'shippingZoneCreate',
    collectId(
      () => documented('ShippingZone.id'),
      ({ id }) => id,
    ),
  ],
  ['shippingZoneUpdate', nothing],
  ['shippingZoneList', nothing],
  ['shippingZone', nothing],
  [
    'shippingMethodCreate',
    collectId(
      () => documented('ShippingMethodSetup.id'),
      ({ id }) => id,
    ),
  ],
  ['shippingMethodUpdate', nothing],
  ['shippingMethodList', nothing],
  ['shippingPreview', nothing],
  ['paymentAccountSet', nothing],
  ['paymentAccountList', nothing],
  ['paymentDisputeList', nothing],
  ['stripeWebhook', nothing],
  ['paystackWebhook', nothing],
  ['flutterwaveWebhook', nothing],
  ['taxSettings', nothing],
  ['taxSettingsSet', nothing],
  [
    'taxCategoryCreate',
    collectId(
      () => documented('TaxCategory.id'),
      ({ id }) => id,
    ),
  ],
  ['taxCategoryUpdate', nothing],
  ['taxCategoryList', nothing],
  [
    'taxZoneCreate',
    collectId(
      () => documented('TaxZone.id'),
      ({ id }) => id,
    ),
  ],
  ['taxZoneUpdate', nothing],
  ['taxZoneList', nothing],
  ['taxZone', nothing],
  ['taxStarterRatesAdd', nothing],
  ['cartCreate', all(collectCart, collectLine)],
  ['cartLineRemove', nothing],
  ['cartLinesAdd', collectLine],
  ['cartLinesUpdate', nothing],
  ['cartLineUpdate', nothing],
  ['cartLinesAdd', collectLine], // Two units, of which one will be canceled.
  [
    'promotionCreate',
    collectId(
      () => documented('Promotion.id'),
      ({ id }) => id,
    ),
  ],
  ['promotionUpdate', nothing],
  ['promotionList', nothing],
  ['promotionPreview', nothing],
  ['promotion', nothing],
  ['cartDiscountCodesSet', nothing],
  ['cartTaxIdSet', nothing],
  ['cartRemarksSet', nothing],
  ['cartAddressSet', nothing],
  ['cartShippingMethods', collectShipping],
  ['cartShippingMethodSet', nothing],
  ['cartShow', nothing],
  ['cartPaymentMethods', nothing],
  ['checkoutCancel', nothing], // No payment waits, so the cart stays as it is.
  ['checkoutComplete', collectOrder],
  ['orders', nothing],
  [
    'orderShow',
    all(
      collectId(
        () => example('orderLineId'),
        ({ lines }) => lines[0].id,
      ),
      collectId(
        () => 'S-100042',
        ({ number }) => number,
      ),
    ),
  ],
  ['orderLookUp', nothing],
  [
    'orderAccessTokenCreate',
    collectId(
      () => example('orderAccessToken'),
      (data) => data['orderAccessToken'],
    ),
  ],
  ['orderEvents', nothing],
  ['orderUpdate', nothing],
  [
    'orderNoteAdd',
    collectId(
      () => documented('OrderNote.id'),
      ({ notes }) => notes[0].id,
    ),
  ],
  ['orderNotes', nothing],
  ['orderNoteDelete', nothing],
  ['orderPayments', collectPayment],
  ['paymentList', nothing],
  ['paymentCapture', nothing],
  ['orderLinesCancel', nothing],
  ['fulfillmentCreate', collectFulfillment],
  ['orderFulfillments', nothing],
  ['fulfillmentShip', nothing],
  ['fulfillmentTrackingSet', nothing],
  ['fulfillmentDeliver', nothing],
  ['draftOrderCreate', collectDraft],
  ['draftOrderDelete', nothing],
  ['draftOrderCreate', collectDraft],
  ['draftOrderLinesSet', nothing],
  ['draftOrderUpdate', nothing],
  ['draftOrderList', nothing],
  ['draftOrderShow', nothing],
  ['draftOrderComplete', nothing],
  ['returnPolicySet', nothing],
  ['returnPolicy', nothing],
  ['returnRequest', collectReturn],
  ['returnReject', nothing],
  ['returnRequest', collectReturn],
  ['returnCancel', nothing],
  ['returnRequest', collectReturn],
  ['returnApprove', nothing],
  ['returnShow', nothing],
  ['returnList', nothing],
  ['orderReturns', nothing],
  ['paymentRefund', nothing],
  ['returnReceive', nothing],
  ['invoiceSettingsSet', nothing],
  ['invoiceSettings', nothing],
  ['invoiceCreate', collectInvoice],
  ['invoiceShow', nothing],
  ['invoicePdf', nothing],
  ['invoiceXRechnung', nothing],
  ['invoiceFacturX', nothing],
  ['invoiceList', nothing],
  ['orderInvoices', nothing],
  ['paymentShow', nothing],
  [
    'reconciliationStart',
    collectId(
      () => documented('Reconciliation.id'),
      ({ id }) => id,
    ),
  ],
  ['reconciliationShow', nothing],
  ['reconciliationList', nothing],
  [
    'customerList',
    collectId(
      () => documented('Customer.id'),
      (customers) => customers[0].id,
    ),
  ],
  ['customerShow', nothing],
  ['customerOrders', nothing],
  [
    'customerAddressAdd',
    collectId(
      () => documented('CustomerAddress.id'),
      ({ id }) => id,
    ),
  ],
  ['customerAddressUpdate', nothing],
  ['customerAddressDefaultSet', nothing],
  ['customerAddresses', nothing],
  ['customerAddressDelete', nothing],
  [
    'customerGroupCreate',
    collectId(
      () => documented('CustomerGroup.id'),
      ({ id }) => id,
    ),
  ],
  ['customerGroupUpdate', nothing],
  ['customerGroupList', nothing],
  ['customerGroupShow', nothing],
  ['customerGroupMembersAdd', nothing],
  ['customerGroupCustomers', nothing],
  ['customerGroupMembersRemove', nothing],
  ['customerGroupDelete', nothing],
  [
    'companyCreate',
    collectId(
      () => documented('Company.id'),
      ({ id }) => id,
    ),
  ],
  ['companyUpdate', nothing],
  ['companyList', nothing],
  ['companyShow', nothing],
  ['companyMembersAdd', nothing],
  ['companyCustomers', nothing],
  ['companyMembersRemove', nothing],
  ['companyDelete', nothing],
  [
    'messageList',
    collectId(
      () => documented('Message.id'),
      (messages) => messages[0].id,
    ),
  ],
  ['messageRetry', nothing],
  // Creates the order that a later step cancels.
  ['cartCreate', collectCart],
  ['cartMerge', nothing],
  [
    'sessionList',
    collectId(
      () => documented('Session.id'),
      (sessions) => sessions[0].id,
    ),
  ],
  ['sessionEnd', nothing],
  ['cartCreate', collectCart],
  ['cartAddressSet', nothing],
  ['cartShippingMethods', collectShipping],
  ['cartShippingMethodSet', nothing],
  ['paymentInitiate', collectOrder],
  ['orderPayments', collectPayment],
  ['fulfillmentCreate', collectFulfillment],
  ['fulfillmentCancel', nothing],
  ['paymentVoid', nothing],
  ['orderCancel', nothing],
  ['shippingMethodDelete', nothing],
  ['shippingZoneDelete', nothing],
  ['promotionDelete', nothing],
  ['taxZoneDelete', nothing],
  ['taxCategoryDelete', nothing],
  ['collectionProductsRemove', nothing],
  ['collectionDelete', nothing],
  ['brandDelete', nothing],
  ['attributeDelete', nothing],
  ['productUnpublish', nothing],
  ['variantDelete', nothing],
  ['productDelete', nothing],
  ['categoryDelete', nothing],
];

/** Returns the documented example id of a type. @param coordinate such as `Order.id` */
function documented(coordinate: string): string {
  const id = DOCUMENTED[coordinate];
  if (id === undefined) throw new Error(`DOCUMENTED has no example of ${coordinate}.`);
  return id;
}

const DOCUMENTED: Readonly<Record<string, string>> = {
  'Attribute.id': pathExample('/catalog/attributes/{id}', 'patch'),
  'Brand.id': pathExample('/catalog/brands/{id}', 'patch'),
  'Category.id': pathExample('/catalog/categories/{id}', 'patch'),
  'Collection.id': pathExample('/catalog/collections/{id}', 'patch'),
  'ShippingMethodSetup.id': pathExample('/shipping-methods/{id}', 'patch'),
  'ShippingZone.id': pathExample('/shipping-zones/{id}', 'patch'),
  'Media.id': pathExample('/media/{id}', 'patch'),
  'Import.id': pathExample('/imports/{id}', 'get'),
  'Channel.id': pathExample('/channels/{id}', 'patch'),
  'PriceList.id': pathExample('/price-lists/{id}', 'patch'),
  'Wishlist.id': pathExample('/me/wishlists/{id}', 'patch'),
  'WishlistItem.id': pathExample('/me/wishlist-items/{itemId}', 'delete'),
  'Review.id': pathExample('/reviews/{id}', 'get'),
  'Promotion.id': pathExample('/promotions/{id}', 'patch'),
  'Message.id': pathExample('/messages/{id}/retry', 'post'),
  'Invoice.id': pathExample('/invoices/{id}', 'get'),
  'User.id': pathExample('/users/{id}', 'delete'),
  'Invitation.id': pathExample('/invitations/{id}', 'delete'),
  'ApiKey.id': pathExample('/api-keys/{id}', 'delete'),
  'Session.id': pathExample('/me/sessions/{id}', 'delete'),
  'Company.id': pathExample('/companies/{id}', 'patch'),
  'CustomerGroup.id': pathExample('/customer-groups/{id}', 'patch'),
  'TaxCategory.id': pathExample('/tax-categories/{id}', 'patch'),
  'TaxZone.id': pathExample('/tax-zones/{id}', 'patch'),
  'DraftOrder.id': pathExample('/draft-orders/{id}', 'patch'),
  'OrderNote.id': pathExample('/order-notes/{noteId}', 'delete'),
  'Customer.id': pathExample('/customers/{id}', 'get'),
  'Reconciliation.id': pathExample('/reconciliations/{id}', 'get'),
  'SavedPaymentMethod.id': pathExample('/me/payment-methods/{id}', 'delete'),
  'CustomerAddress.id': pathExample('/customer-addresses/{id}', 'delete'),
};

function pathExample(path: string, method: string): string {
  const { parameters } = api.routes.find((each) => each.path === path && each.method === method.toUpperCase()) ?? {};
  return String(parameters?.find((each) => each.in === 'path')?.example);
}

/**
 * Runs an example. `myCart` first creates a cart of the shopper. `customerList` is repeated until it returns a customer, because an event
 * creates the customer shortly after the order.
 */
async function settled(operationId: string): Promise<RestAnswer> {
  if (operationId === 'myCart') await callRest(souk.url, 'POST', '/carts', { headers: examples.shopper, body: {} });
  if (operationId !== 'customerList') return examples.run(operationId);
  return until(async () => {
    const answer = await examples.run(operationId);
    return answer.body?.['data'].length > 0 && answer;
  });
}

describe('every route returns its documented response', () => {
  test.each(STEPS)('%s', async (operationId, collect) => {
    const { status, headers, body } = await settled(operationId);
    const type = headers.get('content-type') ?? '';
    const wrong = api.violations(operationId, status, type, body?.['file'] ?? body);
    const { status: expected } = api.route(operationId);
    // The assertion also compares the errors, so a failing test prints them.
    expect({ status, errors: body?.['errors'] ?? [], wrong }).toEqual({ status: expected, errors: [], wrong: [] });
    if (body) await collect(body['data']);
  });

  test('the steps include every route, at least 30', () => {
    const routes = api.routes.map(({ operationId }) => operationId).toSorted();
    expect([...examples.exercised].toSorted()).toEqual(routes);
    expect(routes.length).toBeGreaterThanOrEqual(30);
  });
});

test('the server returns the committed document, and 304 to a client that has it', async () => {
  const response = await fetch(`${souk.url}/api/v1/openapi.json`);
  expect(await response.text()).toBe(api.text);
  const etag = response.headers.get('etag') ?? '';
  const again = await fetch(`${souk.url}/api/v1/openapi.json`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
});
