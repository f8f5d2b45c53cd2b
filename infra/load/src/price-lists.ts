import type { GraphqlClient } from './graphql-client.ts';

/** The number of products that the scenarios read: the newest products of the shop. */
const PRODUCTS = 200;
/** The maximum number of prices per mutation. */
const CHUNK = 500;

const VARIANTS = `query Variants($first: Int!) {
  products(first: $first) { nodes { variants(first: 5) { nodes { id price { amount } } } } }
}`;
const ACTIVE_LISTS = `query ActiveLists { priceLists(first: 200) { nodes { id } } }`;
const CREATE = `mutation Create($input: PriceListCreateInput!) {
  priceListCreate(input: $input) { priceList { id } userErrors { code message field } }
}`;
const UPDATE = `mutation Update($input: PriceListUpdateInput!) {
  priceListUpdate(input: $input) { userErrors { code message field } }
}`;
const SET_PRICES = `mutation SetPrices($input: PriceListPricesSetInput!) {
  priceListPricesSet(input: $input) { userErrors { code message field } }
}`;

interface Variants {
  readonly products: {
    readonly nodes: readonly {
      readonly variants: {
        readonly nodes: readonly { readonly id: string; readonly price: { amount: string } | null }[];
      };
    }[];
  };
}

/**
 * Creates price lists for all buyers, with two prices per variant that the scenarios read: for one unit and for ten.
 * Deactivates the shop's other lists.
 * @param staff a client with a staff token
 * @returns the ids of the lists
 */
export async function addPriceLists(staff: GraphqlClient, count: number): Promise<readonly string[]> {
  const { priceLists } = await staff.run<{ priceLists: { nodes: { id: string }[] } }>(ACTIVE_LISTS, {});
  for (const { id } of priceLists.nodes) await staff.send(UPDATE, { input: { id, active: false } });
  const { products } = await staff.run<Variants>(VARIANTS, { first: PRODUCTS });
  const variants = products.nodes.flatMap((product) => product.variants.nodes.filter(({ price }) => price !== null));
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    const input = { code: `bench-${number}`, name: `Bench ${number}`, currencyCode: 'EUR', active: false };
    const { priceListCreate } = await staff.run<{ priceListCreate: { priceList: { id: string } } }>(CREATE, { input });
    const { id } = priceListCreate.priceList;
    const prices = variants.flatMap(({ id: variantId }) => [
      { variantId, price: `${number + 5}.90` },
      { variantId, fromQuantity: 10, price: `${number + 4}.90` },
    ]);
    for (let start = 0; start < prices.length; start += CHUNK)
      await staff.send(SET_PRICES, { input: { id, prices: prices.slice(start, start + CHUNK) } });
    ids.push(id);
  }
  return ids;
}

/** Activates the first `count` lists, and deactivates the remaining lists. */
export async function activate(staff: GraphqlClient, lists: readonly string[], count: number): Promise<void> {
  for (const [index, id] of lists.entries()) await staff.send(UPDATE, { input: { id, active: index < count } });
}
