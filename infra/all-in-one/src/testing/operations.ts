// The GraphQL operations that the tests send as shoppers and staff.

const USER_ERRORS = `userErrors { __typename code message field }`;

export const CART_CREATE = `mutation CartCreate($input: CartCreateInput!) {
  cartCreate(input: $input) { cart { id version lines { id quantity variant { id sku product { name } } } } ${USER_ERRORS} }
}`;

export const CART_ADDRESS_SET = `mutation CartAddressSet($input: CartAddressSetInput!) {
  cartAddressSet(input: $input) { cart { id shippingMethods { id code } } ${USER_ERRORS} }
}`;

export const CART_SHIPPING_METHOD_SET = `mutation CartShippingMethodSet($input: CartShippingMethodSetInput!) {
  cartShippingMethodSet(input: $input) { cart { id totals { total { amount currencyCode } } } ${USER_ERRORS} }
}`;

export const CHECKOUT_COMPLETE = `mutation CheckoutComplete($input: CheckoutCompleteInput!) {
  checkoutComplete(input: $input) {
    order { id number status paymentStatus fulfillmentStatus totals { total { amount currencyCode } } lines { id sku quantity } }
    orderAccessToken
    userErrors {
      __typename code message field
      ... on InsufficientStockError { variantId available }
      ... on PaymentDeclinedError { declineCode }
    }
  }
}`;

export const ORDER_SHOW = `query OrderShow($id: ID!, $accessToken: String) {
  order(id: $id, accessToken: $accessToken) {
    id number status paymentStatus fulfillmentStatus
    customer { id email }
    payments { status amount { amount currencyCode } capturedAmount { amount } refundedAmount { amount } }
    lines { sku quantity variant { availability { quantity } product { name } } }
    fulfillments { id status trackingNumber warehouse { code } lines { quantity } }
    events(first: 50) { nodes { type } }
  }
}`;

export const ORDER_STATUS_CHANGED = `subscription OrderStatusChanged($orderId: ID!, $accessToken: String) {
  orderStatusChanged(orderId: $orderId, accessToken: $accessToken) {
    type at
    order { id status paymentStatus fulfillmentStatus payments { status } lines { sku variant { product { name } } } }
  }
}`;

export const ORDERS_CHANGED = `subscription OrdersChanged { ordersChanged { type order { id status customer { email } } } }`;

export const LOGIN = `mutation Login($input: LoginInput!) {
  login(input: $input) { accessToken refreshToken user { email } ${USER_ERRORS} }
}`;

export const ORDERS = `query Orders($first: Int, $after: String) {
  orders(first: $first, after: $after) { nodes { id number } pageInfo { hasNextPage endCursor } }
}`;

export const FULFILLMENT_CREATE = `mutation FulfillmentCreate($input: FulfillmentCreateInput!) {
  fulfillmentCreate(input: $input) { fulfillments { id status warehouse { code } } ${USER_ERRORS} }
}`;

export const FULFILLMENT_SHIP = `mutation FulfillmentShip($input: FulfillmentShipInput!) {
  fulfillmentShip(input: $input) { fulfillment { id status trackingNumber } ${USER_ERRORS} }
}`;

export const FULFILLMENT_DELIVER = `mutation FulfillmentDeliver($input: FulfillmentDeliverInput!) {
  fulfillmentDeliver(input: $input) { fulfillment { id status } ${USER_ERRORS} }
}`;

export const ORDER_CANCEL = `mutation OrderCancel($input: OrderCancelInput!) {
  orderCancel(input: $input) { order { id status paymentStatus } ${USER_ERRORS} }
}`;

export const STOCK_ADJUST = `mutation StockAdjust($input: StockAdjustInput!) {
  stockAdjust(input: $input) { stockLevel { onHand reserved available } ${USER_ERRORS} }
}`;
