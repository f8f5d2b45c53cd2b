import type { PlaygroundOptions } from './playground.ts';

/** What the examples fill in from the demo data. */
export interface ExampleData {
  /** Of an account that may see the order. */
  readonly email: string;
  readonly password: string;
  /** An order whose status may still change; null leaves a placeholder to fill in. */
  readonly orderId: string | null;
}

const PRODUCTS = `# A page of products. Prices come from the catalog, availability from the inventory: one query, two subgraphs.
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

const LOGIN = `# Signs in. Put the accessToken into the headers of another tab, as "authorization": "Bearer <accessToken>".
# What can be expected to go wrong comes back in userErrors.
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

const ORDER_STATUS = `# Streams over a WebSocket until you stop it. Needs the accessToken of the Login tab in the headers below, and an order.
# While it runs, ship or cancel that order from another tab.
subscription OrderStatusChanged($orderId: ID!) {
  orderStatusChanged(orderId: $orderId) {
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

/** A query, a mutation and a subscription that run against the demo data. */
export function soukExamples({ email, password, orderId }: ExampleData): PlaygroundOptions {
  return {
    tabs: [
      { query: PRODUCTS, variables: json({ first: 20 }) },
      { query: LOGIN, variables: json({ input: { email, password } }) },
      {
        query: ORDER_STATUS,
        variables: json({ orderId: orderId ?? 'the id of an order' }),
        headers: json({ authorization: 'Bearer the accessToken of the Login tab' }),
      },
    ],
  };
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
