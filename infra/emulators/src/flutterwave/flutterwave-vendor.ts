import { createHmac, randomBytes } from 'node:crypto';
import type { Page, PageRefund } from '../hosted/hosted-books.ts';
import type { HostedParts, HostedVendor, VendorCall } from '../hosted/hosted-emulator.ts';
import { readParameters, type Given } from '../hosted/json-parameters.ts';
import type { PageAction } from '../hosted/payment-page.ts';
import { VendorRefusal } from '../hosted/vendor-refusal.ts';
import { PAYMENT, REFUND } from './flutterwave-parameters.ts';

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
    if (request === 'GET /v3/refunds') return this.#refunds(Number(query.get('id')));
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

  #refunds(id: number): unknown {
    const data = this.#parts.books.refundsOf(id).map(refundOf);
    return { status: 'success', message: 'Transaction refunds fetched', data };
  }
}

function transactionOf({ id, reference, amount, currency, status, createdAt, email }: Page) {
  const common = { id, tx_ref: reference, flw_ref: `FLW-MOCK-${id}`, amount, charged_amount: amount, currency };
  const outcome = status === 'PAID' ? 'successful' : 'failed';
  return { ...common, status: outcome, payment_type: 'card', created_at: createdAt, customer: { email } };
}

function refundOf({ id, transactionId, amount, note, createdAt }: PageRefund) {
  const refund = { id, tx_id: transactionId, amount_refunded: amount, status: 'completed', comments: note };
  return { ...refund, destination: 'payment_source', created_at: createdAt };
}
