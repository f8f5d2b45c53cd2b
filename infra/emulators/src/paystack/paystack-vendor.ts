import { createHmac, randomBytes } from 'node:crypto';
import type { Page, PageDispute, PageRefund } from '../hosted/hosted-books.ts';
import type { HostedParts, HostedVendor, VendorCall } from '../hosted/hosted-emulator.ts';
import { readParameters, type Given } from '../hosted/json-parameters.ts';
import type { PageAction } from '../hosted/payment-page.ts';
import { VendorRefusal } from '../hosted/vendor-refusal.ts';
import { INITIALIZE, REFUND } from './paystack-parameters.ts';

/** The time in which the shop must respond to a dispute: one day. */
const ANSWER_MS = 24 * 3600 * 1000;

/** Emulates Paystack's API (paystack.com/docs/api). Amounts are in hundredths of the currency. */
export class PaystackVendor implements HostedVendor {
  readonly name = 'Paystack';
  readonly #parts: HostedParts;
  readonly #secretKey: string;

  constructor(parts: HostedParts, secretKey: string) {
    this.#parts = parts;
    this.#secretKey = secretKey;
  }

  isAuthorized(authorization: string): boolean {
    return authorization === `Bearer ${this.#secretKey}`;
  }

  answer({ method, path, query, body }: VendorCall): unknown {
    const request = `${method} ${path}`;
    if (request === 'POST /transaction/initialize') return this.#initialize(readParameters(body, INITIALIZE));
    if (request === 'POST /refund') return this.#refund(readParameters(body, REFUND));
    if (request === 'GET /refund') return this.#refunds(query);
    const verified = /^GET \/transaction\/verify\/([^/]+)$/.exec(request)?.[1];
    if (verified !== undefined) return this.#verify(decodeURIComponent(verified));
    const disputed = /^GET \/dispute\/(\d+)$/.exec(request)?.[1];
    if (disputed !== undefined) return this.#dispute(Number(disputed));
    throw new VendorRefusal(404, 'Route not found');
  }

  refusal(message: string): unknown {
    return { status: false, message };
  }

  /** Paystack redirects only a buyer who has paid. After a failed attempt, the buyer stays on the page. */
  returnAddress({ returnUrl, reference }: Page, action: PageAction): string | null {
    if (returnUrl === null || action === 'fail') return null;
    const url = new URL(returnUrl);
    url.searchParams.set('trxref', reference);
    url.searchParams.set('reference', reference);
    return url.href;
  }

  /** Paystack publishes an event only for a successful attempt. */
  attempted(page: Page) {
    if (page.status !== 'PAID') return null;
    const type = 'charge.success';
    return { type, payload: JSON.stringify({ event: type, data: this.#transactionOf(page) }) };
  }

  signed(payload: string) {
    return { 'x-paystack-signature': createHmac('sha512', this.#secretKey).update(payload).digest('hex') };
  }

  /**
   * Opens a dispute, as the buyer's bank does.
   * @returns the id of the dispute
   * @throws Error when the payment is not paid
   */
  openDispute(reference: string, amount?: number): number {
    const { books } = this.#parts;
    const page = books.byReference(reference);
    if (page?.status !== 'PAID') throw new Error(`The payment ${reference} is not paid`);
    const id = books.nextId();
    const dueAt = new Date(Date.now() + ANSWER_MS).toISOString();
    const open = { status: 'awaiting-merchant-feedback', resolution: null } as const;
    this.#saveDispute({ id, transactionId: page.id, amount: amount ?? page.amount, dueAt, ...open }, 'create');
    return id;
  }

  /** Closes a dispute. @throws Error when the dispute does not exist */
  resolveDispute(id: number, resolution: 'merchant-accepted' | 'declined'): void {
    const dispute = this.#parts.books.dispute(id);
    if (!dispute) throw new Error(`There is no dispute ${id}`);
    this.#saveDispute({ ...dispute, status: 'resolved', resolution }, 'resolve');
  }

  #saveDispute(dispute: PageDispute, change: 'create' | 'resolve'): void {
    const { books, publish } = this.#parts;
    books.save({ dispute });
    const type = `charge.dispute.${change}`;
    publish({ type, payload: JSON.stringify({ event: type, data: this.#disputeOf(dispute) }) });
  }

  #dispute(id: number): unknown {
    const dispute = this.#parts.books.dispute(id);
    if (!dispute) throw new VendorRefusal(404, 'Dispute not found');
    return { status: true, message: 'Dispute retrieved', data: this.#disputeOf(dispute) };
  }

  #disputeOf({ id, transactionId, amount, status, resolution, dueAt }: PageDispute) {
    const page = this.#parts.books.byId(transactionId);
    const transaction = page && this.#transactionOf(page);
    const facts = { refund_amount: amount, currency: page?.currency, status, resolution, category: 'chargeback' };
    return { id, ...facts, dueAt, transaction };
  }

  #initialize(given: Given): unknown {
    const { books, pageUrl } = this.#parts;
    const amount = Number(given['amount']);
    const reference = textOf(given['reference']) ?? randomBytes(8).toString('hex');
    if (amount <= 0) throw new VendorRefusal(400, 'You must specify a valid amount');
    if (!/^[\w.=-]+$/.test(reference)) throw new VendorRefusal(400, 'Invalid character in transaction reference');
    if (books.byReference(reference)) throw new VendorRefusal(400, 'Duplicate Transaction Reference');
    const page: Page = {
      code: randomBytes(8).toString('hex'),
      id: books.nextId(),
      reference,
      amount,
      currency: textOf(given['currency']) ?? 'NGN',
      email: String(given['email']),
      returnUrl: textOf(given['callback_url']),
      status: 'NEW',
      createdAt: new Date().toISOString(),
      paidAt: null,
    };
    books.save({ page });
    const data = { authorization_url: pageUrl(page.code), access_code: page.code, reference };
    return { status: true, message: 'Authorization URL created', data };
  }

  #verify(reference: string): unknown {
    const page = this.#parts.books.byReference(reference);
    if (!page) throw new VendorRefusal(404, 'Transaction reference not found');
    return { status: true, message: 'Verification successful', data: this.#transactionOf(page) };
  }

  #refund(given: Given): unknown {
    const { books, publish } = this.#parts;
    const wanted = String(given['transaction']);
    const page = books.byReference(wanted) ?? books.byId(Number(wanted));
    if (page?.status !== 'PAID') throw new VendorRefusal(404, 'Transaction not found');
    const left = page.amount - books.refundedOf(page.id);
    const amount = given['amount'] === undefined ? left : Number(given['amount']);
    if (left === 0) throw new VendorRefusal(400, 'Transaction has been fully reversed');
    if (amount > left) throw new VendorRefusal(400, 'Refund amount cannot be more than the transaction amount');
    const note = textOf(given['merchant_note']) ?? '';
    const refund = { id: books.nextId(), transactionId: page.id, amount, note, createdAt: new Date().toISOString() };
    books.save({ refund });
    const data = { status: 'processed', transaction_reference: page.reference, amount, currency: page.currency };
    publish({ type: 'refund.processed', payload: JSON.stringify({ event: 'refund.processed', data }) });
    return { status: true, message: 'Refund has been queued for processing', data: refundOf(page, refund, 'pending') };
  }

  #refunds(query: URLSearchParams): unknown {
    const { books } = this.#parts;
    const page = books.byId(Number(query.get('transaction')));
    const data = page ? books.refundsOf(page.id).map((refund) => refundOf(page, refund, 'processed')) : [];
    return { status: true, message: 'Refunds retrieved', data };
  }

  #transactionOf(page: Page) {
    const isReversed = page.status === 'PAID' && this.#parts.books.refundedOf(page.id) === page.amount;
    const status = { NEW: 'abandoned', FAILED: 'failed', PAID: isReversed ? 'reversed' : 'success' }[page.status];
    const { id, reference, amount, currency } = page;
    const times = { paid_at: page.paidAt, created_at: page.createdAt };
    return { id, domain: 'test', status, reference, amount, currency, channel: 'card', ...times };
  }
}

function refundOf({ currency }: Page, { id, transactionId, amount, note, createdAt }: PageRefund, status: string) {
  return { id, transaction: transactionId, amount, currency, status, merchant_note: note, created_at: createdAt };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
