import { SettingsWrite } from '@souk/accounts/contract';
import { requireScope, type RequestContext } from '@souk/kit/context';
import type { UnitOfWork } from '@souk/kit/persistence';
import type { OrdersDatabase } from '../database.ts';
import { saveOrderSettings } from './order-settings.repository.ts';
import type { OrderSettings } from './order-settings.ts';

/** What a tenant decides about its orders. */
export class OrderSettingsService {
  constructor(private readonly unitOfWork: UnitOfWork<OrdersDatabase>) {}

  /** @throws AccessDeniedError without `settings:write` */
  async set(context: RequestContext, settings: OrderSettings): Promise<void> {
    requireScope(context, SettingsWrite);
    await this.unitOfWork.run(context, (tx) => saveOrderSettings(tx, settings));
  }
}
