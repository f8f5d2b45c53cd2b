import { hasScope, requireScope, type RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Clock, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { mapPage, mutate, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { InvoicesRead, InvoicesWrite } from '../contract.ts';
import type { OrdersUnitOfWork } from '../database.ts';
import { orderNotFound } from '../order/order.errors.ts';
import type { OrderService } from '../order/order.service.ts';
import { lockBillableOrder } from './billed-order.repository.ts';
import { invoiceOrder, issueInvoice } from './invoice-issuing.service.ts';
import {
  findInvoicePage,
  findInvoices,
  findInvoicesOfOrders,
  invoiceOfRow,
  type InvoiceFilter,
  type StoredInvoice,
} from './invoice.repository.ts';
import { findInvoiceSettings } from './invoice-settings.repository.ts';

/** Input of the mutation `invoiceCreate`. */
export interface CreateInvoiceInput extends MutationInput {
  readonly orderId: string;
}

/** Reads invoices and credit notes, and issues invoices for staff. */
export class InvoiceService {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #orders: OrderService;
  readonly #clock: Clock;

  constructor(unitOfWork: OrdersUnitOfWork, orders: OrderService, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#orders = orders;
    this.#clock = clock;
  }

  /** A page of invoices and credit notes, the newest first. @throws AccessDeniedError without the scope `invoices:read` */
  async page(
    ctx: RequestContext,
    filter: InvoiceFilter,
    request: PageRequest,
  ): Promise<Result<KeysetPage<StoredInvoice>, Failure>> {
    requireScope(ctx, InvoicesRead);
    const page = await this.#unitOfWork.read(ctx, (tx) => findInvoicePage(tx, filter, request));
    return page.ok ? ok(mapPage(page.value, invoiceOfRow)) : page;
  }

  /**
   * Finds an invoice. Staff and callers with the access token of its order may see it. Null for other callers, and when the invoice is
   * unknown.
   */
  async find(ctx: RequestContext, id: string, accessToken: string | null): Promise<StoredInvoice | null> {
    const [found] = await this.loadMany(ctx, [id]);
    if (!found) return null;
    if (hasScope(ctx, InvoicesRead)) return found;
    return accessToken !== null && (await this.#orders.find(ctx, found.orderId, accessToken)) ? found : null;
  }

  /** Loads invoices without an access check. */
  loadMany(ctx: RequestContext, ids: readonly string[]): Promise<StoredInvoice[]> {
    return this.#unitOfWork.quickRead(ctx, (tx) => findInvoices(tx, ids));
  }

  /** The invoices and credit notes of orders, grouped by order id, the oldest first. The caller must have checked access to the orders. */
  ofOrders(ctx: RequestContext, orderIds: readonly string[]) {
    return this.#unitOfWork.quickRead(ctx, (tx) => findInvoicesOfOrders(tx, orderIds));
  }

  /**
   * Issues the missing invoices and credit notes of orders. The demo import calls it, because imported orders are not queued for the job.
   */
  async issueDue(ctx: RequestContext, orderIds: readonly string[]): Promise<void> {
    requireScope(ctx, InvoicesWrite);
    for (const id of orderIds) await this.#unitOfWork.run(ctx, (tx) => invoiceOrder(tx, id, this.#clock.now()));
  }

  /** Issues the invoice of an order, whether or not the order is paid. @throws AccessDeniedError without the scope `invoices:write` */
  async create(ctx: RequestContext, input: CreateInvoiceInput): Promise<Result<StoredInvoice, Failure>> {
    const mutation = { scope: InvoicesWrite, operation: 'invoiceCreate', input } as const;
    const issued = await mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const order = await lockBillableOrder(tx, input.orderId);
      if (!order) return err(orderNotFound());
      const settings = await findInvoiceSettings(tx);
      if (!settings) return err(settingsMissing());
      const invoice = await issueInvoice(tx, order, settings, this.#clock.now());
      return invoice.ok ? ok(invoice.value.id) : invoice;
    });
    if (!issued.ok) return issued;
    const [stored] = await this.loadMany(ctx, [issued.value]);
    return stored ? ok(stored) : err(orderNotFound());
  }
}

function settingsMissing(): Failure<'INVOICE_SETTINGS_MISSING'> {
  const message = 'The shop has no invoice settings: set the seller and the numbers with invoiceSettingsSet first';
  return failure('INVOICE_SETTINGS_MISSING', message);
}
