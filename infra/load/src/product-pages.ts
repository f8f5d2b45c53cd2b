import { z } from 'zod';
import type { GraphqlClient } from './graphql-client.ts';
import { PRODUCT_CURSORS, PRODUCT_LIST } from './operations.ts';

const PAGE_SIZE = 20;
const PRODUCTS = 200;
/**
 * The maximum number of remembered responses that passed the check. A repeated response is not parsed again, which
 * leaves CPU time to the servers.
 */
const REMEMBERED = 1000;

interface Cursors {
  readonly products: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly slug: string } }[];
  };
}

interface Page {
  readonly after: string;
  readonly slugs: readonly string[];
}

/**
 * Prepares runs that list products. Each run requests a different page, because gateways share the fetches of
 * concurrent equal requests.
 * @returns one run, which returns the response. It throws when the response is not the complete page: the products in
 * order, with prices and availability.
 */
export async function productPages(client: GraphqlClient): Promise<() => Promise<string>> {
  const pages = pagesOf(await client.run<Cursors>(PRODUCT_CURSORS, { first: PRODUCTS }));
  const known = new Set<string>();
  let turn = 0;
  return async () => {
    const page = pages[turn++ % pages.length];
    if (!page) throw new Error(`The shop has less than ${PAGE_SIZE} products. Start it with the demo data.`);
    const text = await client.send(PRODUCT_LIST, { first: PAGE_SIZE, after: page.after });
    if (known.has(text)) return text;
    requirePage(text, page);
    if (known.size >= REMEMBERED) known.clear();
    known.add(text);
    return text;
  };
}

function pagesOf({ products: { edges } }: Cursors): readonly Page[] {
  const whole = edges.slice(0, -PAGE_SIZE);
  return whole.map(({ cursor }, index) => ({
    after: cursor,
    slugs: edges.slice(index + 1, index + 1 + PAGE_SIZE).map(({ node }) => node.slug),
  }));
}

const variantSchema = z.object({
  price: z.object({ amount: z.string() }),
  availability: z.object({ quantity: z.int() }),
});
const listSchema = z.object({
  data: z.object({
    products: z.object({
      nodes: z.array(z.object({ slug: z.string(), variants: z.object({ nodes: z.array(variantSchema).min(1) }) })),
    }),
  }),
});

function requirePage(text: string, { slugs }: Page): void {
  const { nodes } = listSchema.parse(JSON.parse(text)).data.products;
  const found = nodes.map(({ slug }) => slug);
  if (found.join() !== slugs.join())
    throw new Error(`The page has the products ${found.join()} instead of ${slugs.join()}.`);
}
