import { requireScope, type RequestContext } from '@souk/kit/context';
import { changeable, ok, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type MutationInput } from '@souk/kit/persistence';
import { TaxesRead, TaxesWrite } from '../contract.ts';
import type { OrdersUnitOfWork } from '../database.ts';
import { taxesChanged } from './tax.events.ts';
import { findTaxSettings, lockTaxSettings } from './tax.repository.ts';
import type { TaxSettings } from './tax.ts';

export interface TaxSettingsChange extends MutationInput {
  readonly expectedVersion?: number | null;
}
export type VersionedTaxSettings = TaxSettings & { readonly version: number };

/** Manages the tenant's tax settings for staff. */
export class TaxSettingsService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** @throws AccessDeniedError without the scope `taxes:read` */
  async find(ctx: RequestContext): Promise<VersionedTaxSettings> {
    requireScope(ctx, TaxesRead);
    return this.#unitOfWork.read(ctx, findTaxSettings);
  }

  /** Updates the settings in `changes`. @throws AccessDeniedError without the scope `taxes:write` */
  set(
    ctx: RequestContext,
    { expectedVersion, idempotencyKey }: TaxSettingsChange,
    changes: Partial<TaxSettings>,
  ): Promise<Result<VersionedTaxSettings, Failure>> {
    const input = { expectedVersion, idempotencyKey, changes };
    const mutation = { scope: TaxesWrite, operation: 'taxSettingsSet', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<VersionedTaxSettings, Failure>> => {
      const settings = changeable(await lockTaxSettings(tx), input, 'tax settings');
      if (!settings.ok) return settings;
      Object.assign(settings.value, changes);
      await tx.em.flush();
      tx.outbox.append([taxesChanged(settings.value.id, 'SETTINGS', 'UPDATED')]);
      return ok(await findTaxSettings(tx));
    });
  }
}
