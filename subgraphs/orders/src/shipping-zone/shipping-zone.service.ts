import { SettingsWrite } from '@souk/accounts/contract';
import { requireScope, type RequestContext } from '@souk/kit/context';
import { changeable, err, ok, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { shippingChanged } from '../shipping-method/shipping.events.ts';
import { ShippingZoneEntity } from './shipping-zone.entity.ts';
import { MAX_SHIPPING_ZONES, ZONE_CODE_TAKEN, ZONE_IN_USE, zoneLimitReached } from './shipping-zone.errors.ts';
import {
  countShippingZones,
  findShippingZone,
  findShippingZonePage,
  lockShippingZone,
  lockZones,
  replacePlaces,
  type StoredShippingZone,
} from './shipping-zone.repository.ts';
import { configureZone, type ShippingZone, type ShippingZoneDraft } from './shipping-zone.ts';

type Failures = Failure | readonly Failure[];
type ZoneResult = Result<StoredShippingZone, Failures>;

/** Manages the tenant's shipping zones for staff. */
export class ShippingZoneService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** A page of zones, sorted by name. @throws AccessDeniedError without the scope `settings:write` */
  async page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<StoredShippingZone>, Failure>> {
    requireScope(ctx, SettingsWrite);
    return this.#unitOfWork.read(ctx, (tx) => findShippingZonePage(tx, page));
  }

  /** Null when the zone is unknown. @throws AccessDeniedError without the scope `settings:write` */
  async find(ctx: RequestContext, id: string): Promise<StoredShippingZone | null> {
    requireScope(ctx, SettingsWrite);
    return this.#unitOfWork.read(ctx, (tx) => findShippingZone(tx, id));
  }

  /** Creates a zone. Fails with CODE_TAKEN or SHIPPING_LIMIT_REACHED. @throws AccessDeniedError without the scope `settings:write` */
  create(ctx: RequestContext, draft: ShippingZoneDraft & MutationInput): Promise<ZoneResult> {
    const mutation = {
      scope: SettingsWrite,
      operation: 'shippingZoneCreate',
      input: draft,
      uniqueViolations: ZONE_CODE_TAKEN,
    };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<ZoneResult> => {
      const zone = configureZone(draft);
      if (!zone.ok) return zone;
      await lockZones(tx);
      if ((await countShippingZones(tx)) >= MAX_SHIPPING_ZONES) return err(zoneLimitReached());
      const [id = ''] = await added(tx, [zone.value]);
      return ok(await stored(tx, id));
    });
  }

  /** Updates the fields in `changes`. The code cannot change. @throws AccessDeniedError without the scope `settings:write` */
  update(
    ctx: RequestContext,
    { id, expectedVersion, idempotencyKey }: ChangeInput,
    changes: Partial<ShippingZoneDraft>,
  ): Promise<ZoneResult> {
    const input = { id, expectedVersion, idempotencyKey, changes };
    const mutation = { scope: SettingsWrite, operation: 'shippingZoneUpdate', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<ZoneResult> => {
      const zone = changeable(await lockShippingZone(tx, id), input, 'shipping zone');
      if (!zone.ok) return zone;
      const { code, name, areas } = zone.value;
      const after = configureZone({ code, name, areas, ...changes });
      if (!after.ok) return after;
      Object.assign(zone.value, after.value);
      await tx.em.flush();
      await replacePlaces(tx, [{ id, areas: after.value.areas }]);
      tx.outbox.append([shippingChanged(id, 'ZONE', 'UPDATED')]);
      return ok(await stored(tx, id));
    });
  }

  /**
   * Deletes a zone. Fails with SHIPPING_ZONE_IN_USE when a shipping method has prices in it.
   * @throws AccessDeniedError without the scope `settings:write`
   */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failures>> {
    const mutation = {
      scope: SettingsWrite,
      operation: 'shippingZoneDelete',
      input,
      uniqueViolations: ZONE_IN_USE,
    };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failures>> => {
      const zone = changeable(await lockShippingZone(tx, input.id), input, 'shipping zone');
      if (!zone.ok) return zone;
      await tx.em.remove(zone.value).flush();
      tx.outbox.append([shippingChanged(input.id, 'ZONE', 'DELETED')]);
      return ok(input.id);
    });
  }

  /**
   * Adds zones during an import. An existing zone with the same code is not changed.
   * @returns the ids by code
   * @throws Error for an invalid draft. The importer must validate its drafts first.
   */
  async import(ctx: RequestContext, drafts: readonly ShippingZoneDraft[]): Promise<ReadonlyMap<string, string>> {
    requireScope(ctx, SettingsWrite);
    const zones = drafts.map((draft) => {
      const zone = configureZone(draft);
      if (!zone.ok) throw new Error(`Shipping zone ${draft.code}: ${zone.error[0]?.message}`);
      return zone.value;
    });
    return this.#unitOfWork.run(ctx, async (tx) => {
      await lockZones(tx);
      const present = await tx.em.find(ShippingZoneEntity, { tenantId: tx.tenantId });
      const ids = new Map(present.map(({ id, code }) => [code, id]));
      const missing = zones.filter(({ code }) => !ids.has(code));
      const newIds = await added(tx, missing);
      return new Map([...ids, ...missing.map(({ code }, index) => [code, newIds[index] ?? ''] as const)]);
    });
  }
}

/** Inserts zones. @returns their ids, in the order of `zones` */
async function added(tx: OrdersTransaction, zones: readonly ShippingZone[]): Promise<string[]> {
  if (zones.length === 0) return [];
  const created = zones.map((zone) => tx.em.create(ShippingZoneEntity, zone));
  await tx.em.flush();
  await replacePlaces(tx, created);
  tx.outbox.append(created.map(({ id }) => shippingChanged(id, 'ZONE', 'CREATED')));
  return created.map(({ id }) => id);
}

async function stored(tx: OrdersTransaction, id: string): Promise<StoredShippingZone> {
  const zone = await findShippingZone(tx, id);
  if (!zone) throw new Error(`Shipping zone ${id} is gone within the transaction that wrote the zone`);
  return zone;
}
