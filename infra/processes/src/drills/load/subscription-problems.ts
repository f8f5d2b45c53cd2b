/** The event types of one order, in order. `received` comes from a subscriber, and `happened` from the database. */
export interface ReceivedHistory {
  /** The name of the subscriber and of the order, for messages. */
  readonly subscriber: string;
  readonly received: readonly string[];
  readonly happened: readonly string[];
  /** The first event that the subscriber must receive. @default the first event of the order */
  readonly from?: string;
  /** The last event that the subscriber must receive before the subscription ends. @default the last event of the order */
  readonly to?: string;
}

/**
 * Finds the events that subscribers missed. A subscriber must receive all events from `from` to `to`, in order and once each. Other
 * received events must be in order too.
 * @returns one sentence per problem
 */
export function subscriptionProblems(histories: readonly ReceivedHistory[]): readonly string[] {
  return histories.filter((history) => !isComplete(history)).map(described);
}

function isComplete({ received, happened, from, to }: ReceivedHistory): boolean {
  const first = from === undefined ? 0 : happened.indexOf(from);
  const last = to === undefined ? happened.length - 1 : happened.lastIndexOf(to);
  // The received events must be a part of `happened` without gaps.
  const begun = happened.findIndex(
    (_, place) => happened.slice(place, place + received.length).join() === received.join(),
  );
  return received.length > 0 && begun >= 0 && begun <= first && begun + received.length > last;
}

function described({ subscriber, received, happened }: ReceivedHistory): string {
  return `${subscriber}: received ${received.join(' ') || 'nothing'}, happened ${happened.join(' ')}`;
}
