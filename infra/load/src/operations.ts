// GraphQL operations of a storefront, which the benchmarks send.

/** A page of products, as a category page shows it. */
export const PRODUCT_LIST = `query ProductList($first: Int!, $after: String) {
  products(first: $first, after: $after) {
    nodes {
      id slug name
      priceRange { min { amount currencyCode } max { amount currencyCode } }
      variants(first: 5) {
        nodes { id sku options { name value } price { amount currencyCode } availability { inStock quantity } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const PRODUCT_CURSORS = `query ProductCursors($first: Int!) {
  products(first: $first) { edges { cursor node { slug } } }
}`;

export const PRODUCT_BY_SLUG = `query ProductBySlug($slug: String!) {
  product(slug: $slug) {
    id slug name description
    categories { id slug name }
    variants(first: 50) {
      nodes { id sku name options { name value } price { amount currencyCode } availability { inStock quantity } }
    }
  }
}`;

export const CART_CREATE = `mutation CartCreate($input: CartCreateInput!) {
  cartCreate(input: $input) { cart { id } userErrors { code message field } }
}`;

export const CART_LINES_ADD = `mutation CartLinesAdd($input: CartLinesAddInput!) {
  cartLinesAdd(input: $input) {
    cart { id version lines { id quantity total { amount currencyCode } } totals { total { amount currencyCode } } }
    userErrors { code message field }
  }
}`;

export const CART_ADDRESS_SET = `mutation CartAddressSet($input: CartAddressSetInput!) {
  cartAddressSet(input: $input) { cart { shippingMethods { id } } userErrors { code message field } }
}`;

export const CART_SHIPPING_METHOD_SET = `mutation CartShippingMethodSet($input: CartShippingMethodSetInput!) {
  cartShippingMethodSet(input: $input) { cart { id } userErrors { code message field } }
}`;

export const CHECKOUT_COMPLETE = `mutation CheckoutComplete($input: CheckoutCompleteInput!) {
  checkoutComplete(input: $input) { order { id number paymentStatus } userErrors { code message field } }
}`;

export const LOGIN = `mutation Login($input: LoginInput!) {
  login(input: $input) { accessToken userErrors { code message } }
}`;

export const SKUS_AND_WAREHOUSES = `query SkusAndWarehouses($products: Int!) {
  products(first: $products) { nodes { variants(first: 5) { nodes { sku } } } }
  warehouses(first: 1) { nodes { id } }
}`;

export const STOCK_ADJUST = `mutation StockAdjust($input: StockAdjustInput!) {
  stockAdjust(input: $input) { stockLevel { available } userErrors { code message field } }
}`;
