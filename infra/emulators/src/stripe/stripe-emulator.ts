import type { IncomingMessage, ServerResponse } from 'node:http';
import { Faults, type Fault } from '../server/faults.ts';
import { startLocalServer } from '../server/local-server.ts';
import type { PublishedEvent } from '../server/webhook-sender.ts';
import { authenticationPage, returnAddress } from './authentication-page.ts';
import { StripeApi } from './stripe-api.ts';
import { StripeBooks } from './stripe-books.ts';
import { StripeEvents } from './stripe-events.ts';
import type { Intent } from './stripe-objects.ts';
import { StripeBank } from './stripe-disputes.ts';
import { StripeRequests } from './stripe-requests.ts';

export interface StripeEmulatorOptions {
  /** The secret that signs webhooks. */
  readonly webhookSecret: string;
  /**
   * Returns the URL that receives webhooks, for instance `http://127.0.0.1:4000/api/v1/payments/webhook/stripe`.
   * @default events are recorded and not sent
   */
  readonly webhookUrl?: () => string | null;
  /** The file that stores the emulator's data. @default memory only */
  readonly file?: string | null;
}

/** An emulator of Stripe's API, for tests and for `npm start` without keys. It does not move money. */
export interface StripeEmulator {
  /** The base URL, `http://127.0.0.1:PORT`. Pass it to the `stripe` package as host, port and protocol. */
  readonly url: string;
  /** The method and path of every received request, in order. */
  readonly requests: readonly string[];
  readonly events: readonly PublishedEvent[];
  intents(): readonly Intent[];
  /** The refunded amount of an intent, in Stripe's smallest unit. */
  refundedOf(intentId: string): number;
  buyerActs(intentId: string, approved: boolean): void;
  /** Completes a payment whose status is `processing`. */
  finishProcessing(intentId: string, succeeded: boolean): void;
  /** Simulates a dispute by the buyer's bank. @param amount @default the paid amount @returns the id of the dispute */
  openDispute(intentId: string, amount?: number): string;
  /** Simulates a decision of the bank about a dispute. */
  decideDispute(
    disputeId: string,
    status: 'warning_needs_response' | 'needs_response' | 'under_review' | 'won' | 'lost',
  ): void;
  /** Sends an event again. @returns the status of the response */
  send(event: PublishedEvent): Promise<number | null>;
  /** Signs a payload. @param seconds time of the signature, in seconds since 1970. @default now */
  sign(payload: string, seconds?: number): string;
  fail(fault: Fault): void;
  recover(): void;
  stop(): Promise<void>;
}

/** Starts the emulator on a free port of 127.0.0.1. */
export async function startStripeEmulator(options: StripeEmulatorOptions): Promise<StripeEmulator> {
  const { webhookSecret: secret, webhookUrl = () => null, file = null } = options;
  const books = new StripeBooks(file);
  const webhooks = new StripeEvents(webhookUrl, secret);
  const faults = new Faults();
  let url = '';
  const requests = new StripeRequests(books, webhooks, () => url);
  const bank = new StripeBank(books, webhooks);
  const api = new StripeApi(requests, books, faults);
  const server = await startLocalServer((request, body, response) =>
    serve(request, body, response, { api, requests, books }),
  );
  url = server.url;
  return {
    url,
    requests: api.requests,
    events: webhooks.sender.events,
    intents: () => books.intents(),
    refundedOf: (id) => books.refundsOf(id).reduce((sum, { amount }) => sum + amount, 0),
    buyerActs: (id, approved) => void requests.buyerActs(id, approved),
    finishProcessing: (id, succeeded) => void requests.finishProcessing(id, succeeded),
    openDispute: (intentId, amount) => bank.open(intentId, amount),
    decideDispute: (id, status) => bank.decide(id, status),
    send: (event) => webhooks.sender.send(event),
    sign: (payload, seconds) => webhooks.sign(payload, seconds),
    fail: (fault) => faults.add(fault),
    recover: () => faults.clear(),
    async stop() {
      webhooks.sender.stop();
      await server.stop();
    },
  };
}

interface Parts {
  readonly api: StripeApi;
  readonly requests: StripeRequests;
  readonly books: StripeBooks;
}

function serve(request: IncomingMessage, body: string, response: ServerResponse, parts: Parts): void {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const page = /^\/authenticate\/(\w+)(?:\/(approve|decline))?$/.exec(path);
  if (page?.[1]) return servePage(response, parts, page[1], page[2] ?? null);
  const answer = parts.api.answer(request, body);
  if (answer === 'SILENT') return;
  if (typeof answer === 'string') return void response.destroy();
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(answer.body);
}

function servePage(response: ServerResponse, { requests, books }: Parts, id: string, answer: string | null): void {
  const before = books.intent(id);
  if (!before) return void response.writeHead(404).end();
  if (answer === null || before.status !== 'requires_action') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(authenticationPage(before));
    return;
  }
  const after = requests.buyerActs(id, answer === 'approve');
  response.writeHead(303, { location: returnAddress(before, after) ?? `/authenticate/${id}` }).end();
}
