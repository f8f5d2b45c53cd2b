import type { Answer } from './answer.ts';
import type { OperationDocument } from './operation-document.ts';
import { requestById, requestByText } from './operation-request.ts';
import { ResumedSubscription } from './resumed-subscription.ts';
import type { SoukError } from './souk-error.ts';
import type { SubscriptionTransport } from './subscription-transport.ts';

/** Callbacks of a subscription. */
export interface Subscriber<Data> {
  /**
   * Called when the subscription has begun and every later event will be delivered. Read the current state now, because
   * state that was read before may be outdated. Not called after a reconnection.
   * @default nothing happens
   */
  started?(): void;
  /** Called for each response. */
  next(answer: Answer<Data>): void;
  /** Called when the subscription has failed. No further call follows. */
  error(error: SoukError): void;
  /** Called when the subscription has completed. No further call follows. @default nothing happens */
  complete?(): void;
  /**
   * Called when events may be missing, because the interruption lasted longer than the gateway stores events. The
   * subscription continues. Read the current state again.
   * @default the subscription fails with the code `RESUME_POSITION_LOST`
   */
  missed?(): void;
}

/** Runs subscriptions over a transport, and resumes them after a broken connection. */
export interface SubscriptionClient {
  /**
   * Starts a subscription. After a broken connection, it resumes after the last received response, at any gateway. Each
   * response is delivered once.
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

/** The default number of consecutive attempts to reopen a broken connection. */
export const RETRY_ATTEMPTS = 10;

/**
 * Creates a client over a transport.
 * @param attempts the number of consecutive attempts to subscribe again while the subgraph is unavailable.
 * @param closeTransport closes the open connections of the transport.
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
