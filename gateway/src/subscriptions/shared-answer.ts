import type { FeedPosition } from '@souk/kit/messaging';
import type { ExecutionResult } from 'graphql';
import { withoutHttp } from '../operations/http-of-errors.ts';
import { isPositionLost } from './positions/resume-request.ts';
import { NextFrames } from './websocket/next-frames.ts';

/** Where an answer stands among those of its subscription. */
export interface AnswerPlace {
  readonly position: FeedPosition;
  /** The position as clients get it. */
  readonly sealed: string;
  /** Whether it is of no event, and only says up to where its reader has all. */
  readonly isMark: boolean;
}

/** One answer for everybody who gets the same, in the shapes in which it is sent: each is made once, when first wanted. */
export class SharedAnswer {
  readonly place: AnswerPlace | null;
  readonly #result: ExecutionResult;
  #json: Buffer | null = null;
  #frames: NextFrames | null = null;
  #event: Buffer | null = null;

  /** @param place null where the subgraph's events have no positions, and for all that is no event's answer. */
  constructor(result: ExecutionResult, place: AnswerPlace | null = null) {
    const { extensions } = result;
    this.#result = withoutHttp(place ? { ...result, extensions: { ...extensions, position: place.sealed } } : result);
    this.place = place;
  }

  /** No event's answer: says only where a reader is. */
  static mark(position: FeedPosition, sealed: string): SharedAnswer {
    return new SharedAnswer({ data: null }, { position, sealed, isMark: true });
  }

  /** The errors of an operation that was refused or broke off: there is no data. Null for every other answer. */
  get refusal(): ExecutionResult['errors'] | null {
    return this.#result.data === undefined ? (this.#result.errors ?? []) : null;
  }

  /** About how much memory it takes. */
  get bytes(): number {
    return this.json.length;
  }

  /** As `next` messages of graphql-transport-ws. */
  get frames(): NextFrames {
    return (this.#frames ??= new NextFrames(this.json));
  }

  /** As a `next` event of an event stream; a mark as one that is not dispatched. JSON has no line breaks of its own. */
  get event(): Buffer {
    return (this.#event ??= this.place?.isMark ? Buffer.from(`${this.#eventId()}\n`) : this.#nextEvent());
  }

  /** As `event`, but a mark is dispatched too. */
  get shownEvent(): Buffer {
    return this.place?.isMark ? this.#nextEvent() : this.event;
  }

  get json(): Buffer {
    return (this.#json ??= jsonOf(this.#result));
  }

  #nextEvent(): Buffer {
    return Buffer.concat([EVENT_START, this.json, EVENT_ID, Buffer.from(this.#eventId()), EVENT_END]);
  }

  /** HTML, section 9.2: `EventSource` sends the newest with its next request; an empty one makes it forget it. */
  #eventId(): string {
    if (this.place) return `id: ${this.place.sealed}\n`;
    return this.refusal?.some(isPositionLost) ? 'id\n' : '';
  }
}

/** Values of custom scalars are their subgraph's business: one may be nested deeper than `JSON.stringify` gets. */
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
