import type { CallArguments, HttpClient } from './http-client.ts';
import type { OperationDocument } from './operation-document.ts';
import type { Subscriber, SubscriptionClient } from './subscription-client.ts';

/**
 * A query or a mutation as a function.
 * @returns the data
 * @throws SoukError when the response has errors, or when there is no response
 */
export type OperationCall<Data, Variables> = (
  client: Pick<HttpClient, 'run'>,
  ...rest: CallArguments<Variables>
) => Promise<Data>;

/** A subscription as a function. @returns a function that ends the subscription */
export type SubscriptionCall<Data, Variables> = (
  client: Pick<SubscriptionClient, 'subscribe'>,
  variables: Variables,
  subscriber: Subscriber<Data>,
) => () => void;

/** Wraps a query or a mutation in a function. The generated SDK calls it for each operation. */
export function operationCall<Data, Variables>(
  document: OperationDocument<'query' | 'mutation', Data, Variables>,
): OperationCall<Data, Variables> {
  return (client, ...rest) => client.run(document, ...rest);
}

/** Wraps a subscription in a function. The generated SDK calls it for each subscription. */
export function subscriptionCall<Data, Variables extends object>(
  document: OperationDocument<'subscription', Data, Variables>,
): SubscriptionCall<Data, Variables> {
  return (client, variables, subscriber) => client.subscribe(document, variables, subscriber);
}
