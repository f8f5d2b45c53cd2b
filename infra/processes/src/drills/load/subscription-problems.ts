/** What one subscriber was told of one order, against what happened to it. Types of events, in their order. */
export interface Telling {
  /** For the sentence: who was told of what. */
  readonly who: string;
  readonly told: readonly string[];
  readonly happened: readonly string[];
  /** The first event that had to be told. Default: the order's first. */
  readonly from?: string;
  /** The last one that had to be: the subscription was ended after it. Default: the order's last. */
  readonly to?: string;
}

/**
 * What subscribers missed, in sentences. One was told well when all that happened between `from` and `to` came, in order and once. What was
 * told of before and after has to be in order too.
 */
export function subscriptionProblems(tellings: readonly Telling[]): readonly string[] {
  return tellings.filter((telling) => !isComplete(telling)).map(described);
}

function isComplete({ told, happened, from, to }: Telling): boolean {
  const first = from === undefined ? 0 : happened.indexOf(from);
  const last = to === undefined ? happened.length - 1 : happened.lastIndexOf(to);
  // One subscription begins somewhere and ends somewhere; in between it leaves nothing out.
  const begun = happened.findIndex((_, place) => happened.slice(place, place + told.length).join() === told.join());
  return told.length > 0 && begun >= 0 && begun <= first && begun + told.length > last;
}

function described({ who, told, happened }: Telling): string {
  return `${who}: told ${told.join(' ') || 'nothing'}, happened ${happened.join(' ')}`;
}
