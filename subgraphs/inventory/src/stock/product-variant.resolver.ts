import type { RequestContext } from '@souk/kit/context';
import { ForScope, RequestLoader } from '@souk/kit/graphql';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { StockRead } from '../contract.ts';
import type { StockReader } from './stock-reader.service.ts';
import { presentStockLevel } from './stock.presenter.ts';
import { StockLevelType } from './stock.types.ts';
import type { StockOffer } from '../availability/availability.repository.ts';
import { presentAvailability } from '../availability/availability.presenter.ts';
import type { AvailabilityService } from '../availability/availability.service.ts';
import { ProductVariantStub } from '../availability/availability.types.ts';

const NOTHING = { available: 0, mode: null, backorderable: null, expectedAt: null };

@Resolver(() => ProductVariantStub)
export class ProductVariantResolver {
  readonly #availability: RequestLoader<string, StockOffer>;
  readonly #levels: RequestLoader<string, readonly StockLevelType[]>;

  constructor(availability: AvailabilityService, queries: StockReader) {
    this.#availability = new RequestLoader((ctx, skus) => availability.ofSkus(ctx, skus));
    this.#levels = new RequestLoader(async (ctx, skus) => {
      const found = await queries.levelsBySku(ctx, skus);
      return new Map([...found].map(([sku, levels]) => [sku, levels.map(presentStockLevel)]));
    });
  }

  /**
   * Loads the variant together with its availability, because almost every request to this subgraph selects `availability`. A field
   * resolver would be called once per variant, which takes longer than the SQL statement for a whole list.
   */
  async referenced(ctx: RequestContext, sku: string): Promise<ProductVariantStub> {
    return { sku, availability: presentAvailability((await this.#availability.load(ctx, sku)) ?? NOTHING) };
  }

  @ForScope(StockRead)
  @FieldResolver(() => [StockLevelType], {
    nullable: true,
    description: 'One for every warehouse that has or had units.',
  })
  async stockLevels(@Root() variant: ProductVariantStub, @Ctx() ctx: RequestContext) {
    return (await this.#levels.load(ctx, variant.sku)) ?? [];
  }
}
