/** What one subscriber was told of one order, against what happened to it. Types of events, in their order. */
export interface Telling {
  /** For the sentence: who was told of what. */
  readonly who: string;
  readonly told: readonly string[];
  readonly happened: readonly string[];
  /** The first event that had to be told; default: the order's first. */
  readonly from?: string;
}

/**
 * What subscribers missed, in sentences. One was told well when all that happened from `from` on came, in order and once. What was
 * told of before `from` has to be in order too.
 */
export function subscriptionProblems(tellings: readonly Telling[]): readonly string[] {
  return tellings.filter((telling) => !isComplete(telling)).map(described);
}

function isComplete({ told, happened, from }: Telling): boolean {
  const owed = from === undefined ? happened.length : happened.length - happened.indexOf(from);
  // Subscriptions begin somewhere, and go on to the end.
  return told.length >= owed && told.join() === happened.slice(happened.length - told.length).join();
}

function described({ who, told, happened }: Telling): string {
  return `${who}: told ${told.join(' ') || 'nothing'}, happened ${happened.join(' ')}`;
}
