import { requireScope, type RequestContext } from '@souk/kit/context';
import { changeable, err, ok, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { TaxesRead, TaxesWrite } from '../contract.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { starterZones } from './starter-rates.ts';
import { TaxZoneEntity } from './tax.entity.ts';
import { AREA_TAKEN, MAX_TAX_ZONES, taxLimitReached } from './tax.errors.ts';
import { taxesChanged } from './tax.events.ts';
import {
  countTaxZones,
  findTaxCategories,
  findTaxZone,
  findTaxZonePage,
  insertTaxZones,
  lockTaxes,
  lockTaxZone,
  type StoredTaxZone,
} from './tax.repository.ts';
import { BUILT_IN_CATEGORIES, type TaxZone } from './tax.ts';
import { countryZone, type CountryRate } from './tax-zone.ts';
import { configureZone, draftOf, type TaxZoneDraft } from './tax-zone-settings.ts';

type Failures = Failure | readonly Failure[];
type ZoneResult = Result<StoredTaxZone, Failures>;

/** Manages the tenant's tax zones and their rates for staff. */
export class TaxZoneService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** A page of zones. @param countryCode restricts the page to one country. @throws AccessDeniedError without the scope `taxes:read` */
  async page(
    ctx: RequestContext,
    page: PageRequest,
    countryCode: string | null,
  ): Promise<Result<KeysetPage<StoredTaxZone>, Failure>> {
    requireScope(ctx, TaxesRead);
    return this.#unitOfWork.read(ctx, (tx) => findTaxZonePage(tx, page, countryCode));
  }

  /** Null when the zone is unknown. @throws AccessDeniedError without the scope `taxes:read` */
  async find(ctx: RequestContext, id: string): Promise<StoredTaxZone | null> {
    requireScope(ctx, TaxesRead);
    return this.#unitOfWork.read(ctx, (tx) => findTaxZone(tx, id));
  }

  /** Creates a zone. Fails with TAX_ZONE_TAKEN or TAX_LIMIT_REACHED. @throws AccessDeniedError without the scope `taxes:write` */
  create(ctx: RequestContext, draft: TaxZoneDraft & MutationInput): Promise<ZoneResult> {
    const mutation = { scope: TaxesWrite, operation: 'taxZoneCreate', input: draft, uniqueViolations: AREA_TAKEN };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<ZoneResult> => {
      await lockTaxes(tx);
      const zone = await configured(tx, draft);
      if (!zone.ok) return zone;
      if ((await countTaxZones(tx)) >= MAX_TAX_ZONES) return err(taxLimitReached('tax zones', MAX_TAX_ZONES));
      const { id } = tx.em.create(TaxZoneEntity, zone.value);
      await tx.em.flush();
      tx.outbox.append([taxesChanged(id, 'ZONE', 'CREATED')]);
      return ok(await stored(tx, id));
    });
  }

  /**
   * Updates the fields in `changes`. New rates replace all rates of the zone.
   * @throws AccessDeniedError without the scope `taxes:write`
   */
  update(
    ctx: RequestContext,
    { id, expectedVersion, idempotencyKey }: ChangeInput,
    changes: Partial<TaxZoneDraft>,
  ): Promise<ZoneResult> {
    const input = { id, expectedVersion, idempotencyKey, changes };
    const mutation = { scope: TaxesWrite, operation: 'taxZoneUpdate', input, uniqueViolations: AREA_TAKEN };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<ZoneResult> => {
      await lockTaxes(tx);
      const zone = await lockExpected(tx, input);
      if (!zone.ok) return zone;
      const after = await configured(tx, { ...draftOf(zone.value), ...changes });
      if (!after.ok) return after;
      Object.assign(zone.value, after.value);
      await tx.em.flush();
      tx.outbox.append([taxesChanged(id, 'ZONE', 'UPDATED')]);
      return ok(await stored(tx, id));
    });
  }

  /** Deletes a zone with its rates. Placed orders keep their taxes. @throws AccessDeniedError without the scope `taxes:write` */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failures>> {
    const mutation = { scope: TaxesWrite, operation: 'taxZoneDelete', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failures>> => {
      const zone = await lockExpected(tx, input);
      if (!zone.ok) return zone;
      await tx.em.remove(zone.value).flush();
      tx.outbox.append([taxesChanged(input.id, 'ZONE', 'DELETED')]);
      return ok(input.id);
    });
  }

  /**
   * Adds a tax zone for each country that has starter rates and no country-wide zone. Other countries are skipped.
   * @returns the added zones
   * @throws AccessDeniedError without the scope `taxes:write`
   */
  addStarterRates(
    ctx: RequestContext,
    { countryCodes, idempotencyKey }: MutationInput & { readonly countryCodes: readonly string[] },
  ): Promise<Result<readonly StoredTaxZone[], Failures>> {
    const input = { countryCodes, idempotencyKey };
    const mutation = { scope: TaxesWrite, operation: 'taxStarterRatesAdd', input };
    const zones = starterZones(countryCodes.map((code) => code.toUpperCase()));
    return mutate(this.#unitOfWork, ctx, mutation, (tx) => added(tx, zones));
  }

  /**
   * Adds one tax zone per country during an import. Skips countries that have a zone.
   * @throws AccessDeniedError without the scope `taxes:write`
   */
  async import(ctx: RequestContext, rates: readonly CountryRate[]): Promise<void> {
    requireScope(ctx, TaxesWrite);
    await this.#unitOfWork.run(ctx, (tx) => added(tx, rates.map(countryZone)));
  }
}

async function added(
  tx: OrdersTransaction,
  zones: readonly TaxZone[],
): Promise<Result<readonly StoredTaxZone[], Failures>> {
  await lockTaxes(tx);
  if ((await countTaxZones(tx)) + zones.length > MAX_TAX_ZONES) return err(taxLimitReached('tax zones', MAX_TAX_ZONES));
  const inserted = await insertTaxZones(tx, zones);
  tx.outbox.append(inserted.map(({ id }) => taxesChanged(id, 'ZONE', 'CREATED')));
  return ok(inserted);
}

/** Validates a draft against the tenant's tax categories. The lock keeps the categories unchanged until the transaction ends. */
async function configured(tx: OrdersTransaction, draft: TaxZoneDraft): Promise<Result<TaxZone, Failures>> {
  const own = await findTaxCategories(tx);
  return configureZone(draft, new Set([...BUILT_IN_CATEGORIES, ...own].map(({ code }) => code)));
}

async function lockExpected(tx: OrdersTransaction, input: ChangeInput): Promise<Result<TaxZoneEntity, Failure>> {
  return changeable(await lockTaxZone(tx, input.id), input, 'tax zone');
}

async function stored(tx: OrdersTransaction, id: string): Promise<StoredTaxZone> {
  const zone = await findTaxZone(tx, id);
  if (!zone) throw new Error(`Tax zone ${id} is gone within the transaction that wrote the zone`);
  return zone;
}
