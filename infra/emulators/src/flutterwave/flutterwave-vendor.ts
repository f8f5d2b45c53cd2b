import { createHmac, randomBytes } from 'node:crypto';
import type { Page, PageDispute, PageRefund } from '../hosted/hosted-books.ts';
import type { HostedParts, HostedVendor, VendorCall } from '../hosted/hosted-emulator.ts';
import { readParameters, type Given } from '../hosted/json-parameters.ts';
import type { PageAction } from '../hosted/payment-page.ts';
import { VendorRefusal } from '../hosted/vendor-refusal.ts';
import { checkQuery, pageOf } from '../hosted/query-parameters.ts';
import { CHARGEBACKS, PAYMENT, REFUND, REFUNDS, TRANSACTIONS } from './flutterwave-parameters.ts';

export interface FlutterwaveKeys {
  readonly secretKey: string;
  readonly secretHash: string;
  /** The header that authenticates an event: the signature, or the older secret hash. @default SIGNATURE */
  readonly authenticatedBy?: 'SIGNATURE' | 'SECRET_HASH';
}

/** Emulates Flutterwave's API v3 (developer.flutterwave.com/v3.0.0). Amounts are in major units with decimal places. */
export class FlutterwaveVendor implements HostedVendor {
  readonly name = 'Flutterwave';
  readonly #parts: HostedParts;
  readonly #keys: FlutterwaveKeys;

  constructor(parts: HostedParts, keys: FlutterwaveKeys) {
    this.#parts = parts;
    this.#keys = keys;
  }

  isAuthorized(authorization: string): boolean {
    return authorization === `Bearer ${this.#keys.secretKey}`;
  }

  answer({ method, path, query, body }: VendorCall): unknown {
    const request = `${method} ${path}`;
    if (request === 'POST /v3/payments') return this.#open(readParameters(body, PAYMENT));
    if (request === 'GET /v3/transactions/verify_by_reference')
      return this.#verify(this.#parts.books.byReference(query.get('tx_ref') ?? ''));
    if (request === 'GET /v3/refunds') return this.#refunds(query);
    if (request === 'GET /v3/transactions') return this.#transactions(query);
    if (request === 'GET /v3/chargebacks') return this.#chargebacks(query);
    const [, id, action] = /^\w+ \/v3\/transactions\/(\d+)\/(verify|refund)$/.exec(request) ?? [];
    if (id !== undefined && request.startsWith('GET ') && action === 'verify')
      return this.#verify(this.#parts.books.byId(Number(id)));
    if (id !== undefined && request.startsWith('POST ') && action === 'refund')
      return this.#refund(Number(id), readParameters(body, REFUND));
    throw new VendorRefusal(404, 'Cannot find the route');
  }

  refusal(message: string): unknown {
    return { status: 'error', message, data: null };
  }

  returnAddress({ returnUrl, reference, id }: Page, action: PageAction): string | null {
    if (returnUrl === null || action === 'fail') return null;
    const url = new URL(returnUrl);
    url.searchParams.set('status', action === 'pay' ? 'successful' : 'cancelled');
    url.searchParams.set('tx_ref', reference);
    if (action === 'pay') url.searchParams.set('transaction_id', String(id));
    return url.href;
  }

  attempted(page: Page) {
    const type = 'charge.completed';
    return { type, payload: JSON.stringify({ event: type, data: transactionOf(page) }) };
  }

  signed(payload: string): Readonly<Record<string, string>> {
    const { secretHash, authenticatedBy = 'SIGNATURE' } = this.#keys;
    if (authenticatedBy === 'SECRET_HASH') return { 'verif-hash': secretHash };
    return { 'flutterwave-signature': createHmac('sha256', secretHash).update(payload).digest('base64') };
  }

  /** Creates a payment page. Like Flutterwave, it accepts a reference that already has a page. */
  #open(given: Given): unknown {
    const { books, pageUrl } = this.#parts;
    const amount = Number(given['amount']);
    if (amount <= 0) throw new VendorRefusal(400, 'amount must be greater than 0');
    const customer = given['customer'] as { readonly email: string }; // checked by the parameters
    const page: Page = {
      code: randomBytes(8).toString('hex'),
      id: books.nextId(),
      reference: String(given['tx_ref']),
      amount,
      currency: typeof given['currency'] === 'string' ? given['currency'] : 'NGN',
      email: customer.email,
      returnUrl: String(given['redirect_url']),
      status: 'NEW',
      createdAt: new Date().toISOString(),
      paidAt: null,
    };
    books.save({ page });
    return { status: 'success', message: 'Hosted Link', data: { link: pageUrl(page.code) } };
  }

  /** Returns the transaction of a page. A page has a transaction only after an attempt to pay. */
  #verify(page: Page | null): unknown {
    if (!page || page.status === 'NEW') throw new VendorRefusal(400, 'No transaction was found for this id');
    return { status: 'success', message: 'Transaction fetched successfully', data: transactionOf(page) };
  }

  #refund(id: number, given: Given): unknown {
    const { books } = this.#parts;
    const page = books.byId(id);
    if (page?.status !== 'PAID') throw new VendorRefusal(400, 'No transaction was found for this id');
    const left = page.amount - books.refundedOf(id);
    const amount = given['amount'] === undefined ? left : Number(given['amount']);
    if (amount <= 0 || amount > left + 0.001)
      throw new VendorRefusal(400, 'Refund amount cannot be more than the transaction amount');
    const note = typeof given['comments'] === 'string' ? given['comments'] : '';
    const refund = { id: books.nextId(), transactionId: id, amount, note, createdAt: new Date().toISOString() };
    books.save({ refund });
    return { status: 'success', message: 'Transaction refund initiated', data: refundOf(refund) };
  }

  /** Simulates a chargeback by the buyer's bank. @returns its id. @throws Error when the payment is not paid */
  openChargeback(reference: string, amount?: number): number {
    const { books } = this.#parts;
    const page = books.byReference(reference);
    if (page?.status !== 'PAID') throw new Error(`The payment ${reference} is not paid`);
    const now = Date.now();
    const times = { dueAt: new Date(now + ANSWER_MS).toISOString(), createdAt: new Date(now).toISOString() };
    const id = books.nextId();
    const facts = { id, transactionId: page.id, amount: amount ?? page.amount, resolution: null, ...times };
    this.#saveChargeback({ ...facts, status: 'initiated' });
    return id;
  }

  /** Changes the status of a chargeback. @throws Error when the chargeback does not exist */
  decideChargeback(id: number, status: 'declined' | 'accepted' | 'lost' | 'won'): void {
    const chargeback = this.#parts.books.dispute(id);
    if (!chargeback) throw new Error(`There is no chargeback ${id}`);
    this.#saveChargeback({ ...chargeback, status });
  }

  /**
   * Stores a chargeback and publishes its event. The event names the transaction only by Flutterwave's own reference.
   */
  #saveChargeback(chargeback: PageDispute): void {
    const { books, publish } = this.#parts;
    books.save({ dispute: chargeback });
    const { id, amount, status, transactionId } = chargeback;
    const type = `chargeback.${status}`;
    const data = { id, amount, status, stage: 'new', flw_ref: referenceOf(transactionId) };
    publish({ type, payload: JSON.stringify({ event: type, data }) });
  }

  #refunds(query: URLSearchParams): unknown {
    checkQuery(query, REFUNDS);
    const { books } = this.#parts;
    const id = query.get('id');
    const all = id === null ? books.refunds() : books.refundsOf(Number(id));
    return { status: 'success', message: 'Transaction refunds fetched', ...listOf(all, query, refundOf) };
  }

  /** Lists transactions. Flutterwave has no transaction for a payment page until the buyer tries to pay. */
  #transactions(query: URLSearchParams): unknown {
    checkQuery(query, TRANSACTIONS);
    const tried = this.#parts.books.pages().filter(({ status }) => status !== 'NEW');
    return { status: 'success', message: 'Transactions fetched', ...listOf(tried, query, transactionOf) };
  }

  #chargebacks(query: URLSearchParams): unknown {
    checkQuery(query, CHARGEBACKS);
    const { books } = this.#parts;
    const wanted = query.get('flw_ref');
    const found = books.disputes().filter((each) => wanted === null || referenceOf(each.transactionId) === wanted);
    const list = listOf(found, query, ({ id, amount, status, transactionId, dueAt, createdAt }) => ({
      id,
      amount,
      flw_ref: referenceOf(transactionId),
      status,
      stage: 'new',
      comment: 'Product/service not received',
      due_date: dueAt,
      settlement_id: 'N/A',
      created_at: createdAt,
      transaction_id: transactionId,
      tx_ref: books.byId(transactionId)?.reference,
    }));
    return { status: 'success', message: 'Chargebacks fetched', ...list };
  }
}

/** Flutterwave lists 20 entries on a page. */
const PAGE_SIZE = 20;
/** The shop has two days to answer a chargeback. */
const ANSWER_MS = 48 * 3600 * 1000;

function referenceOf(transactionId: number): string {
  return `FLW-MOCK-${transactionId}`;
}

function listOf<Entry extends { readonly createdAt: string }>(
  all: readonly Entry[],
  query: URLSearchParams,
  present: (entry: Entry) => unknown,
) {
  const [from, to] = [query.get('from') ?? '0000', query.get('to') ?? '9999'];
  const found = all.filter(({ createdAt }) => createdAt >= from && createdAt.slice(0, 10) <= to).toReversed();
  const page = Number(query.get('page') ?? 1);
  const { entries, pages } = pageOf(found, page, PAGE_SIZE);
  const info = { total: found.length, current_page: page, total_pages: pages, page_size: PAGE_SIZE };
  return { data: entries.map(present), meta: { page_info: info } };
}

function transactionOf({ id, reference, amount, currency, status, createdAt, email }: Page) {
  const common = { id, tx_ref: reference, flw_ref: referenceOf(id), amount, charged_amount: amount, currency };
  const outcome = status === 'PAID' ? 'successful' : 'failed';
  return { ...common, status: outcome, payment_type: 'card', created_at: createdAt, customer: { email } };
}

function refundOf({ id, transactionId, amount, note, createdAt }: PageRefund) {
  const refund = { id, tx_id: transactionId, amount_refunded: amount, status: 'completed', comments: note };
  return { ...refund, destination: 'payment_source', created_at: createdAt };
}
