/** A place in the order in which a bus tells events. */
export interface FeedPosition {
  /** Of the history that the place is in. Places of two histories cannot be compared: the older one is gone. */
  readonly epoch: string;
  /** Grows from event to event. */
  readonly sequence: number;
}

const WRITTEN = /^([0-9a-z]{1,32})\.(\d{1,15})$/;

/** As it travels: in `FeedItem.position` and `FeedFilter.after`. */
export function writePosition({ epoch, sequence }: FeedPosition): string {
  return `${epoch}.${sequence}`;
}

/** Null for what is no position. */
export function readPosition(text: string): FeedPosition | null {
  const [, epoch, sequence] = WRITTEN.exec(text) ?? [];
  return epoch === undefined ? null : { epoch, sequence: Number(sequence) };
}

/** A feed cannot go on where its reader was: something may be missing. Its code is meant for the client. */
export class PositionLostError extends Error {
  readonly extensions = { code: 'RESUME_POSITION_LOST' };

  constructor() {
    super('What came after this position is not remembered: read the present state, then subscribe anew without it');
    this.name = 'PositionLostError';
  }
}
