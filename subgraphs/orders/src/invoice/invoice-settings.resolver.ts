import { SettingsWrite } from '@souk/accounts/contract';
import type { RequestContext } from '@souk/kit/context';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { InvoicesRead } from '../contract.ts';
import { respond } from '../user-errors.ts';
import { InvoiceSettingsSetInput } from './invoice.inputs.ts';
import { InvoiceSettingsSetPayload, InvoiceSettingsType } from './invoice-payloads.types.ts';
import { settingsOf } from './invoice.presenter.ts';
import type { InvoiceSettingsService } from './invoice-settings.service.ts';

@Resolver()
export class InvoiceSettingsResolver {
  readonly #service: InvoiceSettingsService;

  constructor(service: InvoiceSettingsService) {
    this.#service = service;
  }

  @ForScope(InvoicesRead)
  @Query(() => InvoiceSettingsType, {
    nullable: true,
    description: 'The seller and the numbers of invoices. Null: the shop issues none.',
  })
  invoiceSettings(@Ctx() ctx: RequestContext): Promise<InvoiceSettingsType | null> {
    return this.#service.find(ctx);
  }

  @ForScope(SettingsWrite)
  @Mutation(() => InvoiceSettingsSetPayload, {
    nullable: true,
    description: 'Sets the seller and the numbers of invoices.',
  })
  invoiceSettingsSet(
    @Arg('input', () => InvoiceSettingsSetInput) input: InvoiceSettingsSetInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#service.set(ctx, settingsOf(input)),
      (invoiceSettings) => ({ invoiceSettings }),
    );
  }
}
