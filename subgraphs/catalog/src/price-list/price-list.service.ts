import { requireScope, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import {
  changeable,
  err,
  failure,
  ok,
  type Clock,
  type Failure,
  type PageRequest,
  type Result,
} from '@souk/kit/domain';
import { mutate, type ChangeInput, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import { PriceListChanged, PricesRead, PricesWrite } from '../contract.ts';
import { firstUnknownChannel } from '../channel/channel.repository.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import type { PriceSelection } from '../pricing/price-selection.ts';
import { checkListedPrices, type ListedPrice, type ListedPriceKey } from './listed-price.ts';
import {
  clearListedPrices,
  copyRank,
  findListedPricePage,
  firstUnknownVariant,
  removeListedPrices,
  saveListedPrices,
  type StoredListedPrice,
} from './listed-price.repository.ts';
import { PriceListEntity } from './price-list.entity.ts';
import {
  countPriceLists,
  findPriceListPage,
  findPriceLists,
  lockPriceList,
  MAX_PRICE_LISTS,
  type StoredPriceList,
} from './price-list.repository.ts';
import { configurePriceList, type PriceListDraft } from './price-list.ts';

type Failures = Failure | readonly Failure[];
type Change = 'CREATED' | 'UPDATED' | 'DELETED' | 'PRICES_CHANGED';
const PRICES_MUTATION = { ...CATALOG_MUTATION, scope: PricesWrite } as const;

/** Manages the tenant's price lists. Changes need `prices:write` and return the id of the list. */
export class PriceListService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;
  readonly #selection: PriceSelection;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock, selection: PriceSelection) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
    this.#selection = selection;
  }

  /** @throws AccessDeniedError without `prices:read` */
  page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<StoredPriceList>, Failure>> {
    requireScope(ctx, PricesRead);
    return this.#unitOfWork.read(ctx, (tx) => findPriceListPage(tx, page));
  }

  /** Finds a price list. Null when it is unknown. @throws AccessDeniedError without `prices:read` */
  find(ctx: RequestContext, id: string): Promise<StoredPriceList | null> {
    requireScope(ctx, PricesRead);
    return this.#find(ctx, id);
  }

  /**
   * Reads the changed list for the payload of a mutation. Null when it was deleted meanwhile.
   * @throws AccessDeniedError without `prices:write`
   */
  changed(ctx: RequestContext, id: string): Promise<StoredPriceList | null> {
    requireScope(ctx, PricesWrite);
    return this.#find(ctx, id);
  }

  async #find(ctx: RequestContext, id: string): Promise<StoredPriceList | null> {
    const [found] = await this.#unitOfWork.read(ctx, (tx) => findPriceLists(tx, [id]));
    return found ?? null;
  }

  /**
   * A page of the prices of a list. Several calls in one request share a database connection.
   * @throws AccessDeniedError without `prices:read`
   */
  prices(
    ctx: RequestContext,
    priceListId: string,
    variantId: string | null,
    page: PageRequest,
  ): Promise<Result<KeysetPage<StoredListedPrice>, Failure>> {
    requireScope(ctx, PricesRead);
    return this.#unitOfWork.quickRead(ctx, (tx) => findListedPricePage(tx, priceListId, variantId, page));
  }

  create(ctx: RequestContext, input: MutationInput, draft: PriceListDraft): Promise<Result<string, Failures>> {
    const mutation = { ...PRICES_MUTATION, operation: 'priceListCreate', input: { ...input, draft } };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failures>> => {
      const settings = configurePriceList(draft);
      if (!settings.ok) return settings;
      if ((await countPriceLists(tx)) >= MAX_PRICE_LISTS) return err(tooManyLists());
      const channels = await checkChannels(tx, draft.channelIds ?? []);
      if (!channels.ok) return channels;
      const createdAt = this.#clock.now();
      const rank = this.#selection.rankOf({ ...settings.value, createdAt });
      const { id } = tx.em.create(PriceListEntity, { ...settings.value, createdAt, rank });
      await tx.em.flush();
      tx.outbox.append(changed(id, 'CREATED'));
      return ok(id);
    });
  }

  /** Changes settings of a list. The currency, and whether prices include the tax, cannot be changed. */
  update(
    ctx: RequestContext,
    input: ChangeInput,
    changes: Partial<Omit<PriceListDraft, 'currency' | 'pricesIncludeTax'>>,
  ): Promise<Result<string, Failures>> {
    return this.#edit(ctx, 'priceListUpdate', { ...input, ...changes }, 'UPDATED', async (tx, list) => {
      const settings = configurePriceList({ ...draftOf(list), ...changes });
      if (!settings.ok) return settings;
      const channels = await checkChannels(tx, changes.channelIds ?? []);
      if (!channels.ok) return channels;
      const rank = this.#selection.rankOf({ ...settings.value, createdAt: list.createdAt });
      Object.assign(list, settings.value, { rank });
      await tx.em.flush();
      await copyRank(tx, list);
      return ok(undefined);
    });
  }

  /** Deletes a price list and its prices. Existing orders keep their prices. */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failures>> {
    return this.#edit(ctx, 'priceListDelete', input, 'DELETED', async (tx, list) => {
      list.deletedAt = this.#clock.now();
      await clearListedPrices(tx, list);
      return ok(undefined);
    });
  }

  /** Saves prices in a list. A price for the same variant and quantity is replaced, and other prices are kept. */
  setPrices(
    ctx: RequestContext,
    input: ChangeInput & { readonly prices: readonly ListedPrice[] },
  ): Promise<Result<string, Failures>> {
    return this.#edit(ctx, 'priceListPricesSet', input, 'PRICES_CHANGED', async (tx, list) => {
      const checked = checkListedPrices(input.prices, list.currency);
      if (!checked.ok) return checked;
      const variantIds = input.prices.map(({ variantId }) => variantId);
      const unknown = await firstUnknownVariant(tx, variantIds);
      if (unknown >= 0) return err(variantUnknown(unknown));
      await saveListedPrices(tx, list, input.prices);
      return ok(undefined);
    });
  }

  /** Removes prices from a list. Prices that are not in the list are ignored. */
  removePrices(
    ctx: RequestContext,
    input: ChangeInput & { readonly prices: readonly ListedPriceKey[] },
  ): Promise<Result<string, Failures>> {
    return this.#edit(ctx, 'priceListPricesRemove', input, 'PRICES_CHANGED', async (tx, list) => {
      await removeListedPrices(tx, list, input.prices);
      return ok(undefined);
    });
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: Change,
    work: (tx: CatalogTransaction, list: PriceListEntity) => Promise<Result<void, Failures>>,
  ): Promise<Result<string, Failures>> {
    const mutation = { ...PRICES_MUTATION, operation, input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failures>> => {
      const found = changeable(await lockPriceList(tx, input.id), input, 'price list');
      if (!found.ok) return found;
      const list = found.value;
      list.updatedAt = this.#clock.now(); // the version also increases when only the prices change
      const done = await work(tx, list);
      if (!done.ok) return done;
      tx.outbox.append(changed(list.id, change));
      return ok(list.id);
    });
  }
}

/** The settings of a stored list in the form in which staff enter them. */
function draftOf(list: PriceListEntity): PriceListDraft {
  const { code, name, currency, groupIds, companyIds, channelIds, countryCodes, priority, active } = list;
  const pricesIncludeTax = list.pricesIncludeTax ?? null;
  const period = { startsAt: list.startsAt ?? null, endsAt: list.endsAt ?? null };
  const conditions = { groupIds, companyIds, channelIds, countryCodes, ...period, active };
  return { code, name, currency, ...conditions, priority, pricesIncludeTax };
}

/** Checks that the channels of a list exist. Runs no statement for a list without channels. */
async function checkChannels(tx: CatalogTransaction, channelIds: readonly string[]): Promise<Result<void, Failure>> {
  const unknown = await firstUnknownChannel(tx, channelIds);
  if (unknown < 0) return ok(undefined);
  const field = ['channelIds', String(unknown)];
  return err(failure('NOT_FOUND', 'The shop has no channel with this id: see the query `channels`', field));
}

function tooManyLists(): Failure<'PRICE_LIST_LIMIT_REACHED'> {
  const message = `A shop has at most ${MAX_PRICE_LISTS} price lists; delete one that is not used any more`;
  return failure('PRICE_LIST_LIMIT_REACHED', message);
}

function variantUnknown(index: number): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no variant with this id', ['prices', String(index), 'variantId']);
}

function changed(priceListId: string, change: Change) {
  return eventOf(PriceListChanged, priceListId, { priceListId, change });
}
