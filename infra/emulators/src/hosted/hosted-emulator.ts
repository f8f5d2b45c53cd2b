import type { IncomingMessage, ServerResponse } from 'node:http';
import { Faults, type Fault } from '../server/faults.ts';
import { startLocalServer } from '../server/local-server.ts';
import { WebhookSender, type PublishedEvent } from '../server/webhook-sender.ts';
import { HostedBooks, type Page } from './hosted-books.ts';
import { PAGE_ACTIONS, paymentPage, type PageAction } from './payment-page.ts';
import { VendorRefusal } from './vendor-refusal.ts';

export interface HostedEmulatorOptions {
  /** Returns the URL that receives webhooks. @default events are recorded and not sent */
  readonly webhookUrl?: () => string | null;
  /** The file that stores the emulator's data. @default memory only */
  readonly file?: string | null;
}

/** A request to the vendor's API. */
export interface VendorCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** The behavior that differs between vendors. */
export interface HostedVendor {
  readonly name: string;
  /** Whether the header `Authorization` has a valid key. */
  isAuthorized(authorization: string): boolean;
  /** Handles a request. @returns the body of the response @throws VendorRefusal */
  answer(call: VendorCall): unknown;
  refusal(message: string): unknown;
  /** The URL to which the vendor redirects the buyer. Null when the buyer stays on the page. */
  returnAddress(page: Page, action: PageAction): string | null;
  /** The event that the vendor publishes after a payment attempt. Null when the vendor does not publish an event. */
  attempted(page: Page): PublishedEvent | null;
  signed(payload: string): Readonly<Record<string, string>>;
}

/** The objects that a vendor's request handlers use. */
export interface HostedParts {
  readonly books: HostedBooks;
  readonly publish: (event: PublishedEvent) => void;
  readonly pageUrl: (code: string) => string;
}

/** An emulator of a vendor with payment pages, for tests and for `npm start` without keys. It does not move money. */
export interface HostedEmulator {
  /** The base URL, `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The method and path of every received request, in order. */
  readonly requests: readonly string[];
  readonly events: readonly PublishedEvent[];
  /** The paid page with a reference. When no page with this reference is paid, the newest page with it. */
  pageOf(reference: string): Page | null;
  /** The refunded amount of a reference, in the vendor's unit: kobo at Paystack, naira at Flutterwave. */
  refundedOf(reference: string): number;
  /** Simulates a successful payment by the buyer. @param amount @default the page's amount */
  buyerPays(reference: string, amount?: number): void;
  buyerFails(reference: string): void;
  /** Sends an event again. @returns the status of the response */
  send(event: PublishedEvent): Promise<number | null>;
  signed(payload: string): Readonly<Record<string, string>>;
  fail(fault: Fault): void;
  recover(): void;
  stop(): Promise<void>;
}

/** Starts an emulator on a free port of 127.0.0.1. */
export async function startHostedEmulator<Vendor extends HostedVendor>(
  vendorOf: (parts: HostedParts) => Vendor,
  { webhookUrl = () => null, file = null }: HostedEmulatorOptions,
): Promise<{ readonly emulator: HostedEmulator; readonly vendor: Vendor }> {
  const books = new HostedBooks(file);
  const faults = new Faults();
  const requests: string[] = [];
  let url = '';
  const webhooks = new WebhookSender({ url: webhookUrl, signed: (payload) => vendor.signed(payload) });
  const publish = (event: PublishedEvent) => webhooks.publish(event);
  const vendor = vendorOf({ books, publish, pageUrl: (code) => `${url}/pay/${code}` });
  const server = await startLocalServer((request, body, response) => {
    const pageRequest = /^\/pay\/(\w+)(?:\/(\w+))?$/.exec(pathOf(request));
    if (pageRequest?.[1])
      return servePage(response, { vendor, books, attempt }, pageRequest[1], pageRequest[2] ?? null);
    serveApi(request, body, response, { vendor, faults, requests });
  });
  url = server.url;

  function attempt(page: Page, succeeds: boolean, amount: number = page.amount): void {
    if (page.status === 'PAID') throw new Error(`The payment ${page.reference} is paid already`);
    const done = succeeds
      ? { status: 'PAID' as const, paidAt: new Date().toISOString() }
      : { status: 'FAILED' as const };
    const tried = { ...page, ...done, amount };
    books.save({ page: tried });
    const event = vendor.attempted(tried);
    if (event) publish(event);
  }
  const pageOf = (reference: string): Page => {
    const found = books.byReference(reference);
    if (!found) throw new Error(`${vendor.name} has no payment ${reference}`);
    return found;
  };
  const emulator: HostedEmulator = {
    url,
    requests,
    events: webhooks.events,
    pageOf: (reference) => books.byReference(reference),
    refundedOf: (reference) => books.refundedOf(books.byReference(reference)?.id ?? -1),
    buyerPays: (reference, amount) => attempt(pageOf(reference), true, amount),
    buyerFails: (reference) => attempt(pageOf(reference), false),
    send: (event) => webhooks.send(event),
    signed: (payload) => vendor.signed(payload),
    fail: (fault) => faults.add(fault),
    recover: () => faults.clear(),
    async stop() {
      webhooks.stop();
      await server.stop();
    },
  };
  return { emulator, vendor };
}

interface Api {
  readonly vendor: HostedVendor;
  readonly faults: Faults;
  readonly requests: string[];
}

function serveApi(request: IncomingMessage, body: string, response: ServerResponse, api: Api): void {
  const { method = 'GET', url = '' } = request;
  const name = `${method} ${pathOf(request)}`;
  api.requests.push(name);
  const fault = api.faults.take(name);
  if (fault === 'BEFORE') return void response.destroy();
  const call = { method, path: pathOf(request), query: new URLSearchParams(url.split('?')[1] ?? ''), body };
  const answer =
    typeof fault === 'number'
      ? { status: fault, body: api.vendor.refusal('An error on demand') }
      : answerOf(api.vendor, call, request.headers.authorization ?? '');
  if (fault === 'AFTER') return void response.destroy();
  if (fault === 'SILENT') return;
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
}

function answerOf(vendor: HostedVendor, call: VendorCall, authorization: string) {
  if (!vendor.isAuthorized(authorization)) return { status: 401, body: vendor.refusal('Invalid key') };
  try {
    return { status: 200, body: vendor.answer(call) };
  } catch (error) {
    if (!(error instanceof VendorRefusal)) throw error;
    return { status: error.status, body: vendor.refusal(error.message) };
  }
}

interface Pages {
  readonly vendor: HostedVendor;
  readonly books: HostedBooks;
  readonly attempt: (page: Page, succeeds: boolean) => void;
}

function servePage(
  response: ServerResponse,
  { vendor, books, attempt }: Pages,
  code: string,
  name: string | null,
): void {
  const page = books.page(code);
  if (!page) return void response.writeHead(404).end();
  const action = PAGE_ACTIONS.find((each) => each === name);
  if (!action || page.status === 'PAID') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(paymentPage(vendor.name, page));
    return;
  }
  if (action !== 'cancel') attempt(page, action === 'pay');
  const back = vendor.returnAddress(books.page(code) ?? page, action) ?? `/pay/${code}`;
  response.writeHead(303, { location: back }).end();
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}
