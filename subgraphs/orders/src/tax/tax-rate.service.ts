import { SettingsWrite } from '@souk/accounts/contract';
import { requireScope, type RequestContext } from '@souk/kit/context';
import type { OrdersUnitOfWork } from '../database.ts';
import { upsertTaxRates } from './tax-rate.repository.ts';
import type { TaxRate } from './tax.ts';

/** Manages the tax rates of a tenant. */
export class TaxRateService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** Inserts rates. An existing rate of the same country is overwritten. @throws AccessDeniedError without `settings:write` */
  async import(ctx: RequestContext, rates: readonly TaxRate[]): Promise<void> {
    requireScope(ctx, SettingsWrite);
    await this.#unitOfWork.run(ctx, (tx) => upsertTaxRates(tx, rates));
  }
}
