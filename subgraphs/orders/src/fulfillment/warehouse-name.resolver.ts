import type { RequestContext } from '@souk/kit/context';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { WarehouseStub } from './fulfillment.types.ts';
import type { WarehouseName, WarehouseNameLoader } from './warehouse-name.loader.ts';

/** Resolves the fields of a warehouse that buyers may see in their orders. */
@Resolver(() => WarehouseStub)
export class WarehouseNameResolver {
  readonly #names: WarehouseNameLoader;

  constructor(names: WarehouseNameLoader) {
    this.#names = names;
  }

  @Directive('@external')
  @FieldResolver(() => String)
  async code(@Root() { id }: WarehouseStub, @Ctx() ctx: RequestContext) {
    return (await this.#nameOf(ctx, id)).code;
  }

  @Directive('@external')
  @FieldResolver(() => String)
  async name(@Root() { id }: WarehouseStub, @Ctx() ctx: RequestContext) {
    return (await this.#nameOf(ctx, id)).name;
  }

  async #nameOf(ctx: RequestContext, id: string): Promise<WarehouseName> {
    const found = await this.#names.load(ctx, id);
    // Inventory never deletes a warehouse that an order refers to.
    if (!found) throw new Error(`Warehouse ${id} sends an order but is missing in the inventory`);
    return found;
  }
}
