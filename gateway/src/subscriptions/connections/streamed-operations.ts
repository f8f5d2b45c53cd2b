import { OperationTypeNode } from 'graphql';
import type { OperationCall } from '../../operations/operation-call.ts';
import type { OperationParams } from '../../operations/operation-params.ts';
import type { OperationPipeline } from '../../operations/operation-pipeline.ts';
import type { FederatedSubscriptions } from '../federated-subscriptions.ts';
import { resumeAfterOf } from '../positions/resume-request.ts';
import { SharedAnswer } from '../shared-answer.ts';
import type { StreamReader } from '../shared-stream.ts';

/** Receives the answers of one operation. */
export type AnswerReader = StreamReader<SharedAnswer>;

/** Ends an operation for its reader, which then receives no further answer. */
export type Leave = () => void;

/** Runs operations of connections that can carry several answers. */
export class StreamedOperations {
  readonly #pipeline: OperationPipeline;
  readonly #subscriptions: FederatedSubscriptions;

  constructor(pipeline: OperationPipeline, subscriptions: FederatedSubscriptions) {
    this.#pipeline = pipeline;
    this.#subscriptions = subscriptions;
  }

  /**
   * Delivers every answer to the reader, and calls `end` after the last answer. Never throws. A failure becomes an
   * answer with errors.
   */
  async start(params: OperationParams, call: OperationCall, reader: AnswerReader): Promise<Leave> {
    const admitted = await this.#pipeline.admit(params, call);
    if (!admitted.ok) return answerOnce(reader, new SharedAnswer({ errors: admitted.error }));
    if (admitted.value.ready.kind === OperationTypeNode.SUBSCRIPTION) {
      const resumeAfter = resumeAfterOf(params);
      if (!resumeAfter.ok) return answerOnce(reader, new SharedAnswer({ errors: [resumeAfter.error] }));
      return this.#subscriptions.join(admitted.value, reader, resumeAfter.value);
    }
    return answerOnce(reader, new SharedAnswer(await this.#pipeline.run(admitted.value, call)));
  }
}

function answerOnce(reader: AnswerReader, answer: SharedAnswer): Leave {
  reader.next(answer);
  reader.end();
  return () => undefined;
}
