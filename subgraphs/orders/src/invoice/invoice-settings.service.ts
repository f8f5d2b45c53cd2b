import { SettingsWrite } from '@souk/accounts/contract';
import { requireScope, type RequestContext } from '@souk/kit/context';
import { err, expectVersion, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type MutationInput } from '@souk/kit/persistence';
import { InvoicesRead } from '../contract.ts';
import type { OrdersUnitOfWork } from '../database.ts';
import { findInvoiceSettings, saveInvoiceSettings, type StoredInvoiceSettings } from './invoice-settings.repository.ts';
import type { InvoiceSettings } from './invoice-settings.ts';

export interface SettingsInput extends MutationInput, InvoiceSettings {
  readonly expectedVersion?: number | null;
}

/** Reads and changes the invoice settings of a tenant. */
export class InvoiceSettingsService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** Null when the tenant has no settings. @throws AccessDeniedError without the scope `invoices:read` */
  async find(ctx: RequestContext): Promise<StoredInvoiceSettings | null> {
    requireScope(ctx, InvoicesRead);
    return this.#unitOfWork.quickRead(ctx, findInvoiceSettings);
  }

  /** Sets the settings of a new shop during an import. @throws AccessDeniedError without the scope `settings:write` */
  async import(ctx: RequestContext, settings: InvoiceSettings): Promise<void> {
    requireScope(ctx, SettingsWrite);
    await this.#unitOfWork.run(ctx, (tx) => saveInvoiceSettings(tx, settings));
  }

  /** Replaces the settings. Issued invoices do not change. @throws AccessDeniedError without the scope `settings:write` */
  set(ctx: RequestContext, input: SettingsInput): Promise<Result<StoredInvoiceSettings, Failure>> {
    const mutation = { scope: SettingsWrite, operation: 'invoiceSettingsSet', input } as const;
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<StoredInvoiceSettings, Failure>> => {
      if (input.invoicePrefix === input.creditNotePrefix) return err(samePrefix());
      const current = await findInvoiceSettings(tx);
      const expected = expectVersion(current?.version ?? 0, input.expectedVersion);
      if (!expected.ok) return expected;
      await saveInvoiceSettings(tx, input);
      const saved = await findInvoiceSettings(tx);
      if (!saved) throw new Error('The invoice settings that were just written cannot be read');
      return ok(saved);
    });
  }
}

function samePrefix(): Failure<'INVALID_INPUT'> {
  return failure('INVALID_INPUT', 'Credit notes need numbers of their own: choose another prefix', [
    'creditNotePrefix',
  ]);
}
