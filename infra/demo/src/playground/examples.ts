import type { PlaygroundOptions, PlaygroundTab } from '@souk/gateway';

/** Ids and tokens of the demo shop that the examples contain. */
export interface ExampleData {
  readonly tenantId: string;
  /**
   * The staff member whose credentials the login tab and the staff tabs contain. Null for visitors who must not have
   * these rights.
   */
  readonly staff: ExampleStaff | null;
  /**
   * The access token of a customer, for the account tab. Null for visitors who must not have it, and after a failed
   * login.
   */
  readonly customerToken: string | null;
  /** The id of any variant that is in stock, for the examples that add to a cart. */
  readonly variantId: string;
  readonly order: ExampleOrder;
}

/** The login of a staff member. */
export interface ExampleStaff {
  readonly email: string;
  readonly password: string;
  /** The access token. Null when the login failed. */
  readonly accessToken: string | null;
}

/** An order with a packed parcel that is not shipped yet. */
export interface ExampleOrder {
  readonly id: string;
  /** The token with which a buyer reads the order without a login. */
  readonly accessToken: string;
  readonly fulfillmentId: string;
}

const PRODUCTS = `# A page of products. Prices come from the catalog and
# availability from the inventory: one query, two subgraphs.
# Run it with Ctrl-Enter.
query ProductList($first: Int!) {
  products(first: $first) {
    nodes {
      id
      slug
      name
      variants(first: 5) {
        nodes {
          sku
          price {
            amount
            currencyCode
          }
          availability {
            inStock
            quantity
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

const SEARCH = `# Products by words, part numbers and measures. The counts of a
# facet ignore its own choice. Try "lampp", "3/4", or the filter
# { brands: ["casa-clara"], tags: ["gift"] }.
query ProductSearch(
  $query: String!
  $filter: SearchFilterInput
) {
  search(query: $query, filter: $filter, first: 10) {
    edges {
      node {
        name
        slug
        brand {
          name
        }
        tags
        metafields {
          namespace
          key
          value
        }
      }
      highlights {
        field
        parts {
          text
          isMatch
        }
      }
    }
    totalCount
    corrected
    reason
    facets {
      code
      name
      values {
        value
        label
        count
        selected
      }
    }
  }
}
`;

const CART = `# A buyer needs no account. Expected failures come back in
# userErrors: try a quantity of 0.
mutation CartCreate($input: CartCreateInput!) {
  cartCreate(input: $input) {
    cart {
      id
      lines {
        quantity
        total {
          amount
          currencyCode
        }
        variant {
          sku
          product {
            name
          }
        }
      }
      totals {
        total {
          amount
          currencyCode
        }
      }
      paymentMethods {
        provider
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
`;

const ORDER_STATUS = `# Streams over a WebSocket until you stop it. The buyer of the
# order may watch it with its access token. To see an event, let
# this run, and run OrderShip in another window of this page.
subscription OrderStatusChanged(
  $orderId: ID!
  $accessToken: String
) {
  orderStatusChanged(
    orderId: $orderId
    accessToken: $accessToken
  ) {
    type
    at
    order {
      number
      status
      paymentStatus
      fulfillmentStatus
    }
  }
}
`;

const LOGIN_FILLED_IN = `# Logs in a member of the staff. The tabs for staff have such a
# token in their headers. It lasts 15 minutes. Then reload the
# page, or put a new accessToken there.
`;

const LOGIN_TO_FILL_IN = `# Logs in a member of the staff. Put an email and a password into
# the variables below. Souk printed those of the demo shops in
# its terminal. Then put the accessToken into the headers of the
# tabs for staff: "authorization": "Bearer <accessToken>".
`;

const LOGIN = `mutation Login($input: LoginInput!) {
  login(input: $input) {
    accessToken
    expiresAt
    user {
      id
      email
    }
    userErrors {
      code
      message
      field
    }
  }
}
`;

const ACCOUNT = `# For a customer who is logged in, as the token in the headers
# says: profile and addresses come from accounts, orders, cart and
# wishlists from orders.
query MyAccount($first: Int!) {
  me {
    email
    customer {
      name
      paymentMethods {
        id
        provider
      }
      addresses {
        isDefaultShipping
        isDefaultBilling
        address {
          name
          line1
          postalCode
          city
          countryCode
          phone
        }
      }
    }
    orders(first: $first) {
      nodes {
        number
        status
        fulfillmentStatus
        placedAt
        totals {
          total {
            amount
            currencyCode
          }
        }
      }
    }
    cart {
      id
      lines {
        sku
        quantity
      }
    }
    wishlists {
      name
      isDefault
      items {
        variant {
          sku
          product {
            name
          }
        }
      }
    }
  }
}
`;

const ORDER_SHIP = `# For staff: the token in the headers below identifies the user.
# Every subscriber of the order gets the change at once.
mutation OrderShip($input: FulfillmentShipInput!) {
  fulfillmentShip(input: $input) {
    fulfillment {
      status
      carrier
      trackingNumber
    }
    userErrors {
      code
      message
      field
    }
  }
}
`;

const ORDERS = `# For staff: the newest orders with their payments, from three
# subgraphs. A header below asks for the query plan, which is in
# extensions.queryPlan at the end of the response. The search takes
# numbers, e-mail addresses, names and SKUs.
query Orders($first: Int!, $search: String) {
  orders(first: $first, filter: { search: $search }) {
    nodes {
      number
      status
      paymentStatus
      fulfillmentStatus
      purchaseOrderNumber
      tags
      notes {
        text
        createdAt
      }
      customer {
        email
      }
      payments {
        status
        amount {
          amount
          currencyCode
        }
      }
    }
  }
}
`;

const PAYMENT_ACCOUNTS = `# For staff: the accounts of the shop at payment providers. Their
# keys are secrets of the installation, and are never shown.
query PaymentAccounts {
  paymentAccounts {
    provider
    enabled
    secretName
    captureMethod
    limits {
      currencyCode
      minimum {
        amount
      }
      maximum {
        amount
      }
    }
  }
}
`;

const DISPUTES = `# For staff: the disputes that buyers opened at their banks. The
# demo has none. Answer a dispute at the provider until dueAt.
query PaymentDisputes {
  paymentDisputes(first: 20) {
    nodes {
      status
      reason
      dueAt
      amount {
        amount
        currencyCode
      }
      payment {
        provider
        order {
          number
        }
      }
    }
  }
}
`;

const RECONCILIATIONS = `# For staff: the ledger of payments compared with a provider, once
# a day and on demand (reconciliationStart). Differences that are
# certain are repaired.
query Reconciliations {
  reconciliations(first: 10) {
    nodes {
      provider
      status
      from
      to
      chargeCount
      refundCount
      differenceCount
      differences {
        kind
        reference
        isRepaired
        providerAmount {
          amount
          currencyCode
        }
      }
    }
  }
}
`;

const PROMOTIONS = `# For staff: the promotions of the shop. Buyers enter the codes:
# put one into cartDiscountCodesSet, and the cart shows what it
# saves on each line, or why it does not apply.
query PromotionList($first: Int!) {
  promotions(first: $first) {
    nodes {
      name
      code
      action {
        type
        percent
        amounts {
          amount
          currencyCode
        }
      }
      usageLimit
      uses
    }
  }
}
`;

const PRICE_LISTS = `# For staff: the price lists of the shop. Buyers see only what
# they pay: price, compareAtPrice and priceTiers of a variant.
query PriceListList($first: Int!) {
  priceLists(first: $first) {
    nodes {
      code
      name
      currencyCode
      customerGroupIds
      companyIds
      pricesIncludeTax
      channelIds
      countryCodes
      priority
      prices(first: 5) {
        nodes {
          variantId
          fromQuantity
          price {
            amount
          }
          compareAtPrice {
            amount
          }
        }
      }
    }
  }
}
`;

const CHANNELS = `# For staff: the sales channels of the shop. A request names its
# channel by the header X-Channel, without it the default counts.
query ChannelList($first: Int!) {
  channels(first: $first) {
    nodes {
      code
      name
      active
      isDefault
    }
  }
}
`;

const MEDIA = `# For staff: the uploaded pictures of the shop with their variants.
# mediaUploadCreate begins an upload, see docs/media.md.
query MediaList($first: Int!) {
  mediaList(first: $first) {
    nodes {
      fileName
      status
      width
      height
      blurHash
      alt
      avif: url(format: AVIF, width: 640)
      square: url(fit: COVER, width: 320)
    }
  }
}
`;

const REVIEWS = `# For staff: the reviews that wait for approval. Publish one with
# reviewPublish, and the rating of its product follows at once.
query ReviewList($filter: ReviewFilterInput, $first: Int!) {
  reviews(filter: $filter, first: $first) {
    nodes {
      id
      rating
      title
      body
      displayName
      verifiedPurchase
      reportCount
      version
      customer {
        email
      }
      product {
        name
        rating {
          average
          count
          distribution
        }
      }
    }
  }
}
`;

const PROMOTION_PREVIEW = `# For staff: a promotion before it is saved. What does it take off
# each line, and why does it not apply? Change minSubtotals.
query PromotionPreview($input: PromotionPreviewInput!) {
  promotionPreview(input: $input) {
    preview {
      lines {
        name
        quantity
        total {
          amount
          currencyCode
        }
        discounts {
          name
          amount {
            amount
          }
        }
      }
      promotions {
        name
        isPreviewed
        outcome
        message
      }
    }
    userErrors {
      message
      field
    }
  }
}
`;

const SHIPPING = `# For staff: which shipping methods a cart is offered, what they
# cost, and why others are not. Change postalCode to 25996, an island.
query ShippingPreview($input: ShippingPreviewInput!) {
  shippingPreview(input: $input) {
    preview {
      zone {
        name
      }
      methods {
        name
        offered
        message
        price {
          amount
          currencyCode
        }
        untilFree {
          amount
        }
        deliveryDays {
          min
          max
        }
      }
    }
    userErrors {
      message
      field
    }
  }
}
`;

const COMPANIES = `# For staff: the companies for which customers buy. Members get
# the company's price lists, and their carts have its VAT id.
query CompanyList($first: Int!) {
  companies(first: $first) {
    nodes {
      name
      vatId
      customers(first: 5) {
        nodes {
          email
        }
      }
    }
  }
}
`;

const TAXES = `# For staff: how the shop taxes. A company in another EU country
# sets its VAT id with cartTaxIdSet and pays no tax.
query Taxes($first: Int!) {
  taxSettings {
    pricesIncludeTax
    rounding
    sellerCountryCode
  }
  taxCategories {
    code
    treatment
  }
  taxZones(first: $first) {
    nodes {
      name
      countryCode
      rates {
        name
        categoryCode
        percent
        validFrom
      }
    }
  }
}
`;

const STOCK_ITEMS = `# For staff: how SKUs are sold. stockItemSet changes the stock mode, the
# safety stock, the low-stock threshold and the back-orders of a SKU.
query StockItemList($first: Int!) {
  stockItems(first: $first) {
    nodes {
      sku
      mode
      cartHoldSeconds
      safetyStock
      lowStockThreshold
      backorderLimit
      backordered
      incomingQuantity
      expectedAt
    }
  }
  stockLevels(first: $first, low: true) {
    nodes {
      sku
      available
      warehouse {
        code
      }
    }
  }
}
`;

const RETURNS = `# For staff: units that buyers send back. returnApprove accepts a
# request, and returnReceive restocks the units and refunds them.
query ReturnList($first: Int!) {
  returns(first: $first) {
    nodes {
      number
      status
      lines {
        quantity
        receivedQuantity
        reason
        note
      }
      refund {
        amount {
          amount
          currencyCode
        }
        settledAt
      }
      order {
        number
        fulfillmentStatus
      }
    }
  }
}
`;

const MEMBERS = `# For owners: the staff of the shop with the open invitations.
# userInvite sends a mail, and userDisable ends all sessions.
query UserList($first: Int!) {
  users(first: $first) {
    nodes {
      id
      email
      role
      disabledAt
    }
  }
  invitations(first: $first) {
    nodes {
      email
      role
      expiresAt
    }
  }
}
`;

const API_KEYS = `# For owners: the keys of programs. apiKeyCreate returns the secret
# once. Send it instead of a token: "authorization": "Bearer souk_...".
query ApiKeyList($first: Int!) {
  apiKeys(first: $first) {
    nodes {
      name
      hint
      scopes
      allowedAddresses
      expiresAt
      lastUsedAt
    }
  }
}
`;

const DRAFT_ORDERS = `# For staff: orders that the shop prepares. The buyer pays by the link.
# draftOrderLinesSet changes lines and prices.
query DraftOrderList($first: Int!) {
  draftOrders(first: $first) {
    nodes {
      status
      expiresAt
      paymentPath
      cart {
        email
        lines {
          sku
          quantity
          unitPrice {
            amount
          }
          staffPrice {
            discountPercent
            reason
          }
        }
        totals {
          total {
            amount
            currencyCode
          }
        }
      }
    }
  }
}
`;

const INVOICES = `# For staff: invoices and credit notes. pdfUrl opens the PDF for
# fifteen minutes or more, without a login.
query InvoiceList($first: Int!) {
  invoices(first: $first) {
    nodes {
      type
      number
      issuedAt
      creditedInvoiceNumber
      total {
        net {
          amount
        }
        tax {
          amount
        }
        gross {
          amount
          currencyCode
        }
      }
      order {
        number
      }
      pdfUrl
    }
  }
}
`;

const DASHBOARD = `# For a dashboard: every change of every order of the shop. Let
# it run, then place an order in another window.
subscription OrdersChanged {
  ordersChanged {
    type
    at
    order {
      number
      status
      totals {
        total {
          amount
          currencyCode
        }
      }
    }
  }
}
`;

/**
 * The tabs of the playground, with operations for shoppers, staff and a dashboard. Their variables are ids of the demo
 * shop.
 */
export function soukExamples(data: ExampleData): PlaygroundOptions {
  const { tenantId, variantId, order } = data;
  const { email = '', password = '', accessToken = null } = data.staff ?? {};
  const shopper = { 'x-tenant-id': tenantId };
  const staff = accessToken === null ? shopper : { ...shopper, authorization: `Bearer ${accessToken}` };
  const customer =
    data.customerToken === null ? shopper : { ...shopper, authorization: `Bearer ${data.customerToken}` };
  const login = `${accessToken === null ? LOGIN_TO_FILL_IN : LOGIN_FILLED_IN}${LOGIN}`;
  const parcel = { fulfillmentId: order.fulfillmentId, carrier: 'DHL', trackingNumber: 'JD014600' };
  return {
    headers: shopper,
    tabs: [
      tab(PRODUCTS, shopper, { first: 20 }),
      tab(SEARCH, shopper, { query: 'linen', filter: { inStock: true } }),
      tab(CART, shopper, { input: { lines: [{ variantId, quantity: 2 }] } }),
      tab(ORDER_STATUS, shopper, { orderId: order.id, accessToken: order.accessToken }),
      tab(login, shopper, { input: { email, password } }),
      tab(ACCOUNT, customer, { first: 10 }),
      tab(ORDERS, { ...staff, 'apollo-expose-query-plan': 'true' }, { first: 10 }),
      tab(ORDER_SHIP, staff, { input: parcel }),
      tab(PAYMENT_ACCOUNTS, staff),
      tab(DISPUTES, staff),
      tab(RECONCILIATIONS, staff),
      tab(PROMOTIONS, staff, { first: 10 }),
      tab(CHANNELS, staff, { first: 10 }),
      tab(PRICE_LISTS, staff, { first: 10 }),
      tab(MEDIA, staff, { first: 10 }),
      tab(REVIEWS, staff, { filter: { status: 'PENDING' }, first: 10 }),
      tab(PROMOTION_PREVIEW, staff, { input: previewOf(variantId) }),
      tab(SHIPPING, staff, { input: PARCEL }),
      tab(TAXES, staff, { first: 10 }),
      tab(COMPANIES, staff, { first: 10 }),
      tab(STOCK_ITEMS, staff, { first: 10 }),
      tab(RETURNS, staff, { first: 10 }),
      tab(MEMBERS, staff, { first: 20 }),
      tab(API_KEYS, staff, { first: 20 }),
      tab(DRAFT_ORDERS, staff, { first: 10 }),
      tab(INVOICES, staff, { first: 10 }),
      tab(DASHBOARD, staff),
    ],
  };
}

const PARCEL = { countryCode: 'DE', postalCode: '10115', currencyCode: 'EUR', weightGrams: 2500, subtotal: '48.00' };

function previewOf(variantId: string) {
  const minSubtotals = [{ currencyCode: 'EUR', amount: '20.00' }];
  const settings = { name: 'Weekend: 20 % off', minSubtotals, action: { type: 'PERCENTAGE', percent: '20' } };
  return { settings, lines: [{ variantId, quantity: 2 }], currencyCode: 'EUR' };
}

function tab(query: string, headers: Readonly<Record<string, string>>, variables?: unknown): PlaygroundTab {
  return { query, headers: json(headers), ...(variables !== undefined && { variables: json(variables) }) };
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
