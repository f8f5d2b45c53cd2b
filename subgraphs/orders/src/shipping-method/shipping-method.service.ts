import { SettingsWrite } from '@souk/accounts/contract';
import { requireScope, type RequestContext } from '@souk/kit/context';
import { err, expectVersion, failure, type Failure, ok, type PageRequest, type Result } from '@souk/kit/domain';
import type { KeysetPage, Transaction, UnitOfWork } from '@souk/kit/persistence';
import type { OrdersDatabase } from '../database.ts';
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
  upsertShippingMethods,
} from './shipping-method.repository.ts';

type Failures = Failure | readonly Failure[];

/** What a change of a method may carry besides its new settings. */
export interface ShippingMethodChange {
  readonly id: string;
  readonly expectedVersion?: number | null;
  readonly idempotencyKey?: string | null;
}

/** The tenant's shipping methods, for its staff. */
export class ShippingMethodService {
  constructor(private readonly unitOfWork: UnitOfWork<OrdersDatabase>) {}

  /** @throws AccessDeniedError without `settings:write` */
  async page(context: RequestContext, page: PageRequest): Promise<Result<KeysetPage<StoredShippingMethod>, Failure>> {
    requireScope(context, SettingsWrite);
    return this.unitOfWork.read(context, (tx) => findShippingMethodPage(tx, page));
  }

  /** Refused with CODE_TAKEN. @throws AccessDeniedError without `settings:write` */
  async create(
    context: RequestContext,
    draft: ShippingMethodDraft & { readonly idempotencyKey?: string | null },
  ): Promise<Result<StoredShippingMethod, Failures>> {
    requireScope(context, SettingsWrite);
    const call = { key: draft.idempotencyKey, operation: 'shippingMethodCreate', input: draft };
    return this.unitOfWork.once<StoredShippingMethod, Failures>(context, call, async (tx) => {
      const settings = configureShippingMethod(draft);
      if (!settings.ok) return settings;
      const method = await insertShippingMethod(tx, settings.value);
      return method ? ok(method) : err(codeTaken(draft.code));
    });
  }

  /** Changes what `changes` names; the code stays. @throws AccessDeniedError without `settings:write` */
  async update(
    context: RequestContext,
    { id, expectedVersion, idempotencyKey }: ShippingMethodChange,
    changes: Partial<ShippingMethodDraft>,
  ): Promise<Result<StoredShippingMethod, Failures>> {
    requireScope(context, SettingsWrite);
    const input = { id, expectedVersion, changes };
    const call = { key: idempotencyKey, operation: 'shippingMethodUpdate', input };
    return this.unitOfWork.once<StoredShippingMethod, Failures>(context, call, async (tx) => {
      const method = await lockExpected(tx, input);
      if (!method.ok) return method;
      const settings = configureShippingMethod({ ...draftOf(method.value), ...changes });
      return settings.ok ? ok(await saveShippingMethod(tx, { ...method.value, ...settings.value })) : settings;
    });
  }

  /**
   * Removes a method that no cart has chosen, and gives null. One that a cart has chosen is given back, deactivated: no buyer can
   * choose it any more. Orders keep its name. @throws AccessDeniedError without `settings:write`
   */
  async delete(
    context: RequestContext,
    { idempotencyKey, ...input }: ShippingMethodChange,
  ): Promise<Result<StoredShippingMethod | null, Failures>> {
    requireScope(context, SettingsWrite);
    const call = { key: idempotencyKey, operation: 'shippingMethodDelete', input };
    return this.unitOfWork.once<StoredShippingMethod | null, Failures>(context, call, async (tx) => {
      const method = await lockExpected(tx, input);
      if (!method.ok) return method;
      if (await isChosen(tx, input.id)) return ok(await saveShippingMethod(tx, { ...method.value, active: false }));
      await deleteShippingMethod(tx, input.id);
      return ok(null);
    });
  }

  /** Adds methods or overwrites those of the same code. @throws Error for a draft that is wrong: importers check theirs before */
  async import(context: RequestContext, drafts: readonly ShippingMethodDraft[]): Promise<void> {
    requireScope(context, SettingsWrite);
    const methods = drafts.map((draft) => {
      const settings = configureShippingMethod(draft);
      if (!settings.ok) throw new Error(`Shipping method ${draft.code}: ${settings.error[0]?.message}`);
      return settings.value;
    });
    await this.unitOfWork.run(context, (tx) => upsertShippingMethods(tx, methods));
  }
}

/** Returned when the tenant has a method of this code. */
function codeTaken(code: string): Failure<'CODE_TAKEN'> {
  return failure('CODE_TAKEN', `There is a shipping method with the code ${code}; change that one`, ['code']);
}

/** Returned when there is no method with this id. */
function methodNotFound(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no such shipping method', ['id']);
}

/** The method for a change. Refused when it is not there, or not at the expected version. */
async function lockExpected(
  tx: Transaction<OrdersDatabase>,
  { id, expectedVersion }: { readonly id: string; readonly expectedVersion?: number | null | undefined },
): Promise<Result<StoredShippingMethod, Failure>> {
  const method = await lockShippingMethod(tx, id);
  if (!method) return err(methodNotFound());
  const expected = expectVersion(method.version, expectedVersion);
  return expected.ok ? ok(method) : expected;
}
