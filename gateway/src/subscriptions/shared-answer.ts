import type { ExecutionResult } from 'graphql';
import { withoutHttp } from '../operations/http-of-errors.ts';
import { NextFrames } from './websocket/next-frames.ts';

/** One answer for everybody who gets the same, in the shapes in which it is sent: each is made once, when first wanted. */
export class SharedAnswer {
  readonly #result: ExecutionResult;
  #json: Buffer | null = null;
  #frames: NextFrames | null = null;
  #event: Buffer | null = null;

  constructor(result: ExecutionResult) {
    this.#result = withoutHttp(result);
  }

  /** The errors of an operation that was refused or broke off: there is no data. Null for every other answer. */
  get refusal(): ExecutionResult['errors'] | null {
    return this.#result.data === undefined ? (this.#result.errors ?? []) : null;
  }

  /** As `next` messages of graphql-transport-ws. */
  get frames(): NextFrames {
    return (this.#frames ??= new NextFrames(this.json));
  }

  /** As a `next` event of an event stream. JSON has no line breaks of its own. */
  get event(): Buffer {
    return (this.#event ??= Buffer.concat([EVENT_START, this.json, EVENT_END]));
  }

  get json(): Buffer {
    return (this.#json ??= jsonOf(this.#result));
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
const EVENT_END = Buffer.from('\n\n');
