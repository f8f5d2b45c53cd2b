import type { Answer } from './answer.ts';
import type { OperationDocument } from './operation-document.ts';
import { requestById, requestByText } from './operation-request.ts';
import { ResumedSubscription } from './resumed-subscription.ts';
import type { SoukError } from './souk-error.ts';
import type { SubscriptionTransport } from './subscription-transport.ts';

/** Receives the messages of a subscription. */
export interface Subscriber<Data> {
  /**
   * The subscription has begun: every later event is delivered. State that was read before may be older. Read the state now to miss
   * nothing. Not called again after a reconnection. @default nothing happens
   */
  started?(): void;
  /** Receives a response. */
  next(answer: Answer<Data>): void;
  /** The subscription has failed and is over. */
  error(error: SoukError): void;
  /** The subscription has completed and is over. @default nothing happens */
  complete?(): void;
  /**
   * The subscription continues, but events may be missing: it was interrupted for longer than the gateway remembers events. Read the
   * present state.
   * @default the subscription fails with the code `RESUME_POSITION_LOST`
   */
  missed?(): void;
}

/** Runs subscriptions. */
export interface SubscriptionClient {
  /**
   * Starts a subscription. After a broken connection the subscription resumes at another gateway after the last received response,
   * without a missing or repeated one.
   * @returns a function that ends the subscription.
   */
  subscribe<Data, Variables extends object>(
    document: OperationDocument<'subscription', Data, Variables>,
    variables: Variables,
    subscriber: Subscriber<Data>,
  ): () => void;
  /** Ends all subscriptions, and closes their connections. */
  close(): Promise<void>;
}

/** How often, in a row, a broken connection is opened again. */
export const RETRY_ATTEMPTS = 10;

/**
 * Creates a client over a transport.
 * @param attempts how often a subscription begins again, in a row, while its subgraph is unavailable.
 * @param closeTransport closes what the transport has open.
 */
export function subscriptionsOver(
  transport: SubscriptionTransport,
  attempts: number,
  closeTransport: () => Promise<void>,
): SubscriptionClient {
  const open = new Set<() => void>();
  return {
    subscribe(document, variables, subscriber) {
      const requests = { byId: requestById(document, variables), byText: requestByText(document, variables) };
      const subscription = new ResumedSubscription(transport, requests, subscriber, attempts);
      const end = () => {
        open.delete(end);
        subscription.end();
      };
      open.add(end);
      subscription.begin();
      return end;
    },
    async close() {
      for (const end of open) end();
      await closeTransport();
    },
  };
}
