import { SettingsWrite } from '@souk/accounts/contract';
import { requireScope, type RequestContext } from '@souk/kit/context';
import { changeable, ok, uniqueViolations, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import type { ShippingMethodEntity } from './shipping-method.entity.ts';
import {
  configureShippingMethod,
  draftOf,
  type ShippingMethodDraft,
  type StoredShippingMethod,
} from './shipping-method-settings.ts';
import {
  deleteShippingMethod,
  findShippingMethodPage,
  insertShippingMethod,
  isChosen,
  lockShippingMethod,
  saveShippingMethod,
  storedShippingMethod,
  upsertShippingMethods,
} from './shipping-method.repository.ts';
import { shippingChanged } from './shipping.events.ts';

type Failures = Failure | readonly Failure[];

/** Manages the tenant's shipping methods for staff. */
export class ShippingMethodService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** A page of shipping methods, including inactive methods. @throws AccessDeniedError without the scope `settings:write` */
  async page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<StoredShippingMethod>, Failure>> {
    requireScope(ctx, SettingsWrite);
    return this.#unitOfWork.read(ctx, (tx) => findShippingMethodPage(tx, page));
  }

  /** Creates a method. Fails with CODE_TAKEN. @throws AccessDeniedError without the scope `settings:write` */
  create(
    ctx: RequestContext,
    draft: ShippingMethodDraft & MutationInput,
  ): Promise<Result<StoredShippingMethod, Failures>> {
    const mutation = {
      scope: SettingsWrite,
      operation: 'shippingMethodCreate',
      input: draft,
      uniqueViolations: { ...codeViolations(draft.code), ...ZONE_UNKNOWN },
    };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<StoredShippingMethod, Failures>> => {
      const settings = configureShippingMethod(draft);
      if (!settings.ok) return settings;
      const method = await insertShippingMethod(tx, settings.value);
      tx.outbox.append([shippingChanged(method.id, 'METHOD', 'CREATED')]);
      return ok(method);
    });
  }

  /** Updates the settings in `changes`. The code cannot change. @throws AccessDeniedError without the scope `settings:write` */
  update(
    ctx: RequestContext,
    { id, expectedVersion, idempotencyKey }: ChangeInput,
    changes: Partial<ShippingMethodDraft>,
  ): Promise<Result<StoredShippingMethod, Failures>> {
    const input = { id, expectedVersion, idempotencyKey, changes };
    const mutation = {
      scope: SettingsWrite,
      operation: 'shippingMethodUpdate',
      input,
      uniqueViolations: ZONE_UNKNOWN,
    };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<StoredShippingMethod, Failures>> => {
      const method = await lockExpected(tx, input);
      if (!method.ok) return method;
      const present = await storedShippingMethod(tx, method.value);
      const settings = configureShippingMethod({ ...draftOf(present), ...changes });
      if (!settings.ok) return settings;
      tx.outbox.append([shippingChanged(id, 'METHOD', 'UPDATED')]);
      return ok(await saveShippingMethod(tx, method.value, settings.value));
    });
  }

  /**
   * Deletes a method that no cart has chosen, and returns null. Otherwise deactivates the method and returns it, so buyers can no longer
   * choose it. Placed orders keep the method's name.
   * @throws AccessDeniedError without the scope `settings:write`
   */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<StoredShippingMethod | null, Failures>> {
    const mutation = { scope: SettingsWrite, operation: 'shippingMethodDelete', input };
    return mutate(
      this.#unitOfWork,
      ctx,
      mutation,
      async (tx): Promise<Result<StoredShippingMethod | null, Failures>> => {
        const method = await lockExpected(tx, input);
        if (!method.ok) return method;
        if (!(await isChosen(tx, input.id))) {
          await deleteShippingMethod(tx, input.id);
          tx.outbox.append([shippingChanged(input.id, 'METHOD', 'DELETED')]);
          return ok(null);
        }
        const present = await storedShippingMethod(tx, method.value);
        tx.outbox.append([shippingChanged(input.id, 'METHOD', 'UPDATED')]);
        return ok(await saveShippingMethod(tx, method.value, { ...present, active: false }));
      },
    );
  }

  /**
   * Inserts methods during an import. Overwrites a method whose code already exists.
   * @throws Error for an invalid draft. The importer must validate its drafts first.
   */
  async import(ctx: RequestContext, drafts: readonly ShippingMethodDraft[]): Promise<void> {
    requireScope(ctx, SettingsWrite);
    const methods = drafts.map((draft) => {
      const settings = configureShippingMethod(draft);
      if (!settings.ok) throw new Error(`Shipping method ${draft.code}: ${settings.error[0]?.message}`);
      return settings.value;
    });
    await this.#unitOfWork.run(ctx, (tx) => upsertShippingMethods(tx, methods));
  }
}

/** The failure when a method has prices in a zone that the tenant does not have. */
const ZONE_UNKNOWN = uniqueViolations(
  ['shipping_method_zone_zone_fk'],
  'NOT_FOUND',
  'There is no such shipping zone; read the list of shippingZones',
  'zoneRates',
);

/** The failure when another method of the tenant has the same code. */
function codeViolations(code: string) {
  const message = `There is a shipping method with the code ${code}; change that one`;
  return uniqueViolations(['shipping_method_code_taken'], 'CODE_TAKEN', message, 'code');
}

/** Locks the method for a change. Fails when the method is unknown or has another version than expected. */
async function lockExpected(tx: OrdersTransaction, input: ChangeInput): Promise<Result<ShippingMethodEntity, Failure>> {
  return changeable(await lockShippingMethod(tx, input.id), input, 'shipping method');
}
