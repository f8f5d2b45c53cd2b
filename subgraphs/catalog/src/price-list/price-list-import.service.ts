import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import type { CatalogUnitOfWork } from '../database.ts';
import { variantIdsBySku } from '../variant/sku.repository.ts';
import type { ListedPrice } from './listed-price.ts';
import type { PriceListService } from './price-list.service.ts';
import type { PriceListDraft } from './price-list.ts';

/** A price to import. The SKU identifies its variant. */
export interface ImportedListedPrice extends Omit<ListedPrice, 'variantId' | 'compareAtPrice'> {
  readonly sku: string;
  /** @default null, so the price is not reduced */
  readonly compareAtPrice?: string | null;
}

/** A price list to import, with its prices. */
export interface ImportedPriceList extends PriceListDraft {
  readonly prices: readonly ImportedListedPrice[];
}

/** The number of prices per transaction. */
const CHUNK = 5000;

/** Imports price lists for a tenant. */
export class PriceListImport {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #lists: PriceListService;

  constructor(unitOfWork: CatalogUnitOfWork, lists: PriceListService) {
    this.#unitOfWork = unitOfWork;
    this.#lists = lists;
  }

  /**
   * Creates price lists with their prices. A list whose code exists is not changed.
   * @throws Error for an invalid list or an unknown SKU. The caller must check its data first.
   */
  async import(ctx: RequestContext, lists: readonly ImportedPriceList[]): Promise<void> {
    for (const { prices, ...draft } of lists) {
      const created = await this.#lists.create(ctx, {}, draft);
      if (created.ok) await this.#addPrices(ctx, created.value, prices);
      else if (![created.error].flat().every(({ code }) => code === 'CODE_TAKEN')) succeeded(created, draft);
    }
  }

  async #addPrices(ctx: RequestContext, id: string, prices: readonly ImportedListedPrice[]): Promise<void> {
    const skus = prices.map(({ sku }) => sku);
    const ids = await this.#unitOfWork.read(ctx, (tx) => variantIdsBySku(tx, skus));
    const given = prices.map(({ sku, ...price }) => ({
      compareAtPrice: null,
      ...price,
      variantId: ids.get(sku) ?? unknownSku(sku),
    }));
    for (let start = 0; start < given.length; start += CHUNK) {
      const chunk = given.slice(start, start + CHUNK);
      succeeded(await this.#lists.setPrices(ctx, { id, prices: chunk }), { code: id });
    }
  }
}

function succeeded(result: Result<unknown, Failure | readonly Failure[]>, { code }: { readonly code: string }): void {
  if (result.ok) return;
  const [problem] = [result.error].flat();
  throw new Error(`Price list ${code}: ${problem?.message}`);
}

function unknownSku(sku: string): never {
  throw new Error(`No variant has the SKU ${sku}; import products before price lists`);
}
