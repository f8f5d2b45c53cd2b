import { SettingsWrite } from '@souk/accounts/contract';
import { requireScope, type RequestContext } from '@souk/kit/context';
import type { OrdersUnitOfWork } from '../database.ts';
import { saveOrderSettings } from './order-settings.repository.ts';
import type { OrderSettings } from './order-settings.ts';

/** Reads and changes the settings of a tenant's orders. */
export class OrderSettingsService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** @throws AccessDeniedError without the scope `settings:write` */
  async set(ctx: RequestContext, settings: OrderSettings): Promise<void> {
    requireScope(ctx, SettingsWrite);
    await this.#unitOfWork.run(ctx, (tx) => saveOrderSettings(tx, settings));
  }
}
