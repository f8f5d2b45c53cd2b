/** The events of one order that a subscriber received, and the events that happened, as event types in order. */
export interface ReceivedHistory {
  /** The text that names the subscriber and the order in a problem. */
  readonly subscriber: string;
  readonly received: readonly string[];
  readonly happened: readonly string[];
  /** The first event that the subscriber had to receive. @default the first event of the order */
  readonly from?: string;
  /** The last event that the subscriber had to receive before the subscription was ended. @default the last event of the order */
  readonly to?: string;
}

/**
 * The events that subscribers missed, as sentences. A subscriber must receive all events from `from` to `to`, in order and once each.
 * Received events outside of this range must be in order too.
 */
export function subscriptionProblems(histories: readonly ReceivedHistory[]): readonly string[] {
  return histories.filter((history) => !isComplete(history)).map(described);
}

function isComplete({ received, happened, from, to }: ReceivedHistory): boolean {
  const first = from === undefined ? 0 : happened.indexOf(from);
  const last = to === undefined ? happened.length - 1 : happened.lastIndexOf(to);
  // The received events must be an uninterrupted part of the events that happened.
  const begun = happened.findIndex(
    (_, place) => happened.slice(place, place + received.length).join() === received.join(),
  );
  return received.length > 0 && begun >= 0 && begun <= first && begun + received.length > last;
}

function described({ subscriber, received, happened }: ReceivedHistory): string {
  return `${subscriber}: received ${received.join(' ') || 'nothing'}, happened ${happened.join(' ')}`;
}
