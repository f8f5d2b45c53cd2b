import type { PlaygroundOptions, PlaygroundTab } from '@souk/gateway';

/** What the examples fill in from the demo data. */
export interface ExampleData {
  readonly tenantId: string;
  /** Whose password the Login tab fills in, and a token of theirs for the tabs of the staff; null for who must not have them. */
  readonly staff: ExampleStaff | null;
  /** A variant that can be bought. */
  readonly variantId: string;
  readonly order: ExampleOrder;
}

/** A member of the staff. */
export interface ExampleStaff {
  readonly email: string;
  readonly password: string;
  /** Null when they cannot sign in. */
  readonly accessToken: string | null;
}

/** An order that is packed and waits to be sent. */
export interface ExampleOrder {
  readonly id: string;
  /** Opens it to its buyer. */
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

const CART = `# A buyer needs no account. What can be expected to go wrong
# comes back in userErrors: try a quantity of 0.
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
    }
    userErrors {
      code
      message
      field
    }
  }
}
`;

const ORDER_STATUS = `# Streams over a WebSocket until you stop it, for the buyer of
# the order, who has its access token. To see an event, let it
# run, and run OrderShip in another window of this page.
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

const LOGIN_FILLED_IN = `# Signs a member of the staff in. The tabs for staff carry such a
# token in their headers; it lasts 15 minutes, then reload the
# page or put a new accessToken there.
`;

const LOGIN_TO_FILL_IN = `# Signs a member of the staff in. Put an email and a password in
# the variables below: Souk prints those of the demo shops where
# it was started. Then give the tabs for staff the accessToken
# in their headers: "authorization": "Bearer <accessToken>".
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

const ORDER_SHIP = `# For staff, who are known by the token in the headers below.
# Whoever watches the order is told at once.
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
# subgraphs. The header below asks for the query plan: look for
# extensions.queryPlan at the end of the answer.
query Orders($first: Int!) {
  orders(first: $first) {
    nodes {
      number
      status
      paymentStatus
      fulfillmentStatus
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

const DASHBOARD = `# For a dashboard: every change of every order of the shop, as
# it happens. Run it, then order something in another window.
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

/** What each kind of user does, ready to run against the demo data: a shopper, the staff, who watches a dashboard. */
export function soukExamples(data: ExampleData): PlaygroundOptions {
  const { tenantId, variantId, order } = data;
  const { email = '', password = '', accessToken = null } = data.staff ?? {};
  const shopper = { 'x-tenant-id': tenantId };
  const staff = accessToken === null ? shopper : { ...shopper, authorization: `Bearer ${accessToken}` };
  const login = `${accessToken === null ? LOGIN_TO_FILL_IN : LOGIN_FILLED_IN}${LOGIN}`;
  const parcel = { fulfillmentId: order.fulfillmentId, carrier: 'DHL', trackingNumber: 'JD014600' };
  return {
    headers: shopper,
    tabs: [
      tab(PRODUCTS, shopper, { first: 20 }),
      tab(CART, shopper, { input: { lines: [{ variantId, quantity: 2 }] } }),
      tab(ORDER_STATUS, shopper, { orderId: order.id, accessToken: order.accessToken }),
      tab(login, shopper, { input: { email, password } }),
      tab(ORDERS, { ...staff, 'apollo-expose-query-plan': 'true' }, { first: 10 }),
      tab(ORDER_SHIP, staff, { input: parcel }),
      tab(DASHBOARD, staff),
    ],
  };
}

function tab(query: string, headers: Readonly<Record<string, string>>, variables?: unknown): PlaygroundTab {
  return { query, headers: json(headers), ...(variables !== undefined && { variables: json(variables) }) };
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
