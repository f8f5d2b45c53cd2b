import type { PlaygroundOptions } from './playground.ts';

/** What the examples fill in from the demo data. */
export interface ExampleData {
  /** Of an account that may send orders. */
  readonly email: string;
  readonly password: string;
  /** A variant that can be bought. */
  readonly variantId: string;
  readonly order: ExampleOrder;
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
# run, and open this page in another window: Login, OrderShip.
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

const LOGIN = `# Signs a member of the staff in. Put the accessToken into the
# headers of OrderShip: "authorization": "Bearer <accessToken>".
mutation Login($input: LoginInput!) {
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

const ORDER_SHIP = `# For staff: put the accessToken of the Login tab into the
# headers below. Whoever watches the order is told at once.
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

/** Queries, mutations and a subscription that run against the demo data. */
export function soukExamples({ email, password, variantId, order }: ExampleData): PlaygroundOptions {
  return {
    tabs: [
      { query: PRODUCTS, variables: json({ first: 20 }) },
      { query: CART, variables: json({ input: { lines: [{ variantId, quantity: 2 }] } }) },
      { query: ORDER_STATUS, variables: json({ orderId: order.id, accessToken: order.accessToken }) },
      { query: LOGIN, variables: json({ input: { email, password } }) },
      {
        query: ORDER_SHIP,
        variables: json({ input: { fulfillmentId: order.fulfillmentId, carrier: 'DHL', trackingNumber: 'JD014600' } }),
        headers: json({ authorization: 'Bearer <accessToken>' }),
      },
    ],
  };
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
