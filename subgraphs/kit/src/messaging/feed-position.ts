/** A position in the order in which a bus delivers events. */
export interface FeedPosition {
  /**
   * The history to which the position belongs. Positions of two histories cannot be compared, because a new history starts after the old
   * one was lost.
   */
  readonly epoch: string;
  /** The sequence number. It grows from event to event. */
  readonly sequence: number;
}

const WRITTEN = /^([0-9a-z]{1,32})\.(\d{1,15})$/;

/** The text form of a position, which `FeedItem.position` and `FeedFilter.after` contain. */
export function writePosition({ epoch, sequence }: FeedPosition): string {
  return `${epoch}.${sequence}`;
}

/** Parses the text of a position. Null for a text that is not a position. */
export function readPosition(text: string): FeedPosition | null {
  const [, epoch, sequence] = WRITTEN.exec(text) ?? [];
  return epoch === undefined ? null : { epoch, sequence: Number(sequence) };
}

/** Thrown when a feed cannot resume after a position because events may be missing. Clients receive the error code. */
export class PositionLostError extends Error {
  readonly extensions = { code: 'RESUME_POSITION_LOST' };

  constructor() {
    super('What came after this position is not remembered: read the present state, then subscribe anew without it');
    this.name = 'PositionLostError';
  }
}
