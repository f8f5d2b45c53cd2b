import type { FeedPosition } from '@souk/kit/messaging';
import type { ExecutionResult } from 'graphql';
import { withoutHttp } from '../operations/http-of-errors.ts';
import { isPositionLost } from './positions/resume-request.ts';
import { NextFrames } from './websocket/next-frames.ts';

/** The position of an answer in its subscription. */
export interface AnswerPlace {
  readonly position: FeedPosition;
  /** The encrypted position that clients receive. */
  readonly sealed: string;
  /**
   * Whether the answer is a checkpoint. A checkpoint does not contain an event. It confirms that the reader has
   * everything up to the position.
   */
  readonly isCheckpoint: boolean;
}

/** One answer for all equal subscribers, in each wire format. Each format is built when it is first needed. */
export class SharedAnswer {
  readonly place: AnswerPlace | null;
  readonly #result: ExecutionResult;
  #json: Buffer | null = null;
  #frames: NextFrames | null = null;
  #event: Buffer | null = null;

  /** @param place null for events without positions, and for answers without an event */
  constructor(result: ExecutionResult, place: AnswerPlace | null = null) {
    const { extensions } = result;
    this.#result = withoutHttp(place ? { ...result, extensions: { ...extensions, position: place.sealed } } : result);
    this.place = place;
  }

  /** An answer without an event. It confirms that the reader has everything up to the position. */
  static checkpoint(position: FeedPosition, sealed: string): SharedAnswer {
    return new SharedAnswer({ data: null }, { position, sealed, isCheckpoint: true });
  }

  /** The errors of an operation that was refused or has failed. Null for an answer with data. */
  get refusal(): ExecutionResult['errors'] | null {
    return this.#result.data === undefined ? (this.#result.errors ?? []) : null;
  }

  /** Approximate memory in bytes. */
  get bytes(): number {
    return this.json.length;
  }

  /** The answer as `next` messages of graphql-transport-ws. */
  get frames(): NextFrames {
    return (this.#frames ??= new NextFrames(this.json));
  }

  /**
   * The answer as a `next` event of an event stream. A checkpoint is only an id, which browsers store without dispatching an event. JSON
   * text contains no line breaks, so it fits one `data` line.
   */
  get event(): Buffer {
    return (this.#event ??= this.place?.isCheckpoint ? Buffer.from(`${this.#eventId()}\n`) : this.#nextEvent());
  }

  /** The same as `event`, except that a checkpoint is an event that browsers dispatch. */
  get shownEvent(): Buffer {
    return this.place?.isCheckpoint ? this.#nextEvent() : this.event;
  }

  get json(): Buffer {
    return (this.#json ??= jsonOf(this.#result));
  }

  #nextEvent(): Buffer {
    return Buffer.concat([EVENT_START, this.json, EVENT_ID, Buffer.from(this.#eventId()), EVENT_END]);
  }

  /**
   * The line with the event's id. `EventSource` sends the latest id when it reconnects. After an empty id,
   * `EventSource` forgets the earlier id (HTML, section 9.2).
   */
  #eventId(): string {
    if (this.place) return `id: ${this.place.sealed}\n`;
    return this.refusal?.some(isPositionLost) ? 'id\n' : '';
  }
}

/** The result as JSON. A value of a custom scalar may be nested too deeply for `JSON.stringify`. In that case the answer is an error. */
function jsonOf(result: ExecutionResult): Buffer {
  try {
    return Buffer.from(JSON.stringify(result));
  } catch {
    return UNSENDABLE;
  }
}

const UNSENDABLE = Buffer.from(
  JSON.stringify({
    errors: [{ message: 'The answer cannot be written as JSON', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  }),
);
const EVENT_START = Buffer.from('event: next\ndata: ');
const EVENT_ID = Buffer.from('\n');
const EVENT_END = Buffer.from('\n');
