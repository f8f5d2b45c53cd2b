// The GraphQL operations that the tour sends as a storefront and as a packing station.

export const BROWSE = /* GraphQL */ `
  query Browse($first: Int!) {
    products(first: $first, filter: { inStock: true }) {
      nodes {
        name
        variants(first: 5) {
          nodes {
            id
            name
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
    }
  }
`;

const CART = /* GraphQL */ `
  fragment CartParts on Cart {
    id
    lines {
      quantity
      total {
        amount
        currencyCode
      }
      variant {
        product {
          name
        }
      }
    }
    shippingMethods {
      id
      name
      price {
        amount
        currencyCode
      }
    }
    totals {
      subtotal {
        amount
        currencyCode
      }
      shipping {
        amount
        currencyCode
      }
      total {
        amount
        currencyCode
      }
    }
  }
`;

export const CREATE_CART = /* GraphQL */ `
  mutation CreateCart($input: CartCreateInput!) {
    cartCreate(input: $input) {
      cart {
        ...CartParts
      }
      userErrors {
        message
      }
    }
  }
  ${CART}
`;

export const ADD_LINES = /* GraphQL */ `
  mutation AddLines($input: CartLinesAddInput!) {
    cartLinesAdd(input: $input) {
      cart {
        ...CartParts
      }
      userErrors {
        message
      }
    }
  }
  ${CART}
`;

export const SET_ADDRESS = /* GraphQL */ `
  mutation SetAddress($input: CartAddressSetInput!) {
    cartAddressSet(input: $input) {
      cart {
        ...CartParts
      }
      userErrors {
        message
      }
    }
  }
  ${CART}
`;

export const SET_SHIPPING = /* GraphQL */ `
  mutation SetShipping($input: CartShippingMethodSetInput!) {
    cartShippingMethodSet(input: $input) {
      cart {
        ...CartParts
      }
      userErrors {
        message
      }
    }
  }
  ${CART}
`;

export const CHECK_OUT = /* GraphQL */ `
  mutation CheckOut($input: CheckoutCompleteInput!) {
    checkoutComplete(input: $input) {
      order {
        id
        number
        totals {
          total {
            amount
            currencyCode
          }
        }
      }
      orderAccessToken
      userErrors {
        message
      }
    }
  }
`;

export const WATCH = /* GraphQL */ `
  subscription Watch($orderId: ID!, $accessToken: String) {
    orderStatusChanged(orderId: $orderId, accessToken: $accessToken) {
      type
      order {
        status
        paymentStatus
        fulfillmentStatus
      }
    }
  }
`;

export const LOG_IN = /* GraphQL */ `
  mutation LogIn($input: LoginInput!) {
    login(input: $input) {
      accessToken
      userErrors {
        message
      }
    }
  }
`;

export const PACK = /* GraphQL */ `
  mutation Pack($input: FulfillmentCreateInput!) {
    fulfillmentCreate(input: $input) {
      fulfillments {
        id
      }
      userErrors {
        message
      }
    }
  }
`;

export const SHIP = /* GraphQL */ `
  mutation Ship($input: FulfillmentShipInput!) {
    fulfillmentShip(input: $input) {
      fulfillment {
        trackingNumber
      }
      userErrors {
        message
      }
    }
  }
`;

export const DELIVER = /* GraphQL */ `
  mutation Deliver($input: FulfillmentDeliverInput!) {
    fulfillmentDeliver(input: $input) {
      fulfillment {
        id
      }
      userErrors {
        message
      }
    }
  }
`;

export const SHOW_ORDER = /* GraphQL */ `
  query ShowOrder($id: ID!, $accessToken: String) {
    order(id: $id, accessToken: $accessToken) {
      fulfillments {
        id
        trackingNumber
        warehouse {
          code
        }
      }
    }
  }
`;
