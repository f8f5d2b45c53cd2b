import { GraphQLError } from 'graphql';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Caller, CallerSource } from '../../identity/caller.ts';
import type { CallerValidity, ValidityProblem } from '../connections/caller-validity.ts';
import { SendQueue, outgoing, type SendQueueLimits } from '../connections/send-queue.ts';
import type { OpenConnection } from '../connections/heartbeats.ts';
import type { StreamedOperations } from '../connections/streamed-operations.ts';
import type { RunningCounts } from '../connections/subscription-counts.ts';
import type { OperationCall } from '../../operations/operation-call.ts';
import type { OperationParams } from '../../operations/operation-params.ts';
import { wantsCheckpoints } from '../positions/resume-request.ts';
import type { SharedAnswer } from '../shared-answer.ts';
import { readClientMessage } from './client-message.ts';
import {
  badMessage,
  BINARY_MESSAGE,
  INIT_TIMEOUT,
  tokenProblem,
  TOO_SLOW,
  TRY_AGAIN,
  type Closing,
} from './close-reasons.ts';
import { claimsOfSocket, closingOf } from './socket-caller.ts';
import { SocketOperation, type SocketAnswers } from './socket-operation.ts';
import { actionOn, type SocketState } from './socket-protocol.ts';
import { textFrame } from './text-frame.ts';

export interface SocketSessionDependencies {
  readonly callers: CallerSource;
  readonly validity: CallerValidity;
  readonly operations: StreamedOperations;
  readonly counts: RunningCounts;
  readonly maxOperations: number;
  readonly sendQueue: SendQueueLimits;
  /** The maximum time until the client's `connection_init`, in milliseconds. */
  readonly initTimeoutMs: number;
  readonly onUnexpectedError: (error: unknown) => void;
}

export interface AcceptedSocket {
  readonly webSocket: WebSocket;
  /** The TCP stream under the WebSocket. A frame that several sockets share is written directly to the stream. */
  readonly connection: Duplex;
  readonly headers: IncomingHttpHeaders;
  readonly address: string;
}

/** One socket with a client of graphql-transport-ws. Executes the actions that `actionOn` returns. */
export class SocketSession implements SocketState, SocketAnswers, OpenConnection {
  readonly operations = new Map<string, SocketOperation>();
  readonly #dependencies: SocketSessionDependencies;
  readonly #webSocket: WebSocket;
  readonly #sendQueue: SendQueue;
  readonly #address: string;
  readonly #initTimer: NodeJS.Timeout;
  /**
   * The headers of the upgrade request. Set to null when they are no longer needed: when the caller is identified, or when the socket has
   * closed.
   */
  #headers: IncomingHttpHeaders | null;
  #phase: SocketState['phase'] = 'CONNECTED';
  #caller: Caller | null = null;
  #closed = false;
  #hasResponded = true;

  constructor({ webSocket, connection, headers, address }: AcceptedSocket, dependencies: SocketSessionDependencies) {
    this.#dependencies = dependencies;
    this.#webSocket = webSocket;
    this.#headers = headers;
    this.#address = address;
    this.#sendQueue = new SendQueue(connection, dependencies.sendQueue, () => this.#tooSlow());
    this.#initTimer = setTimeout(() => this.close(INIT_TIMEOUT), dependencies.initTimeoutMs);
  }

  get phase(): SocketState['phase'] {
    return this.#phase;
  }

  get maxOperations(): number {
    return this.#dependencies.maxOperations;
  }

  /**
   * Handles a message. An unexpected error ends this socket only. An exception that leaves this method would end the process with all its
   * sockets.
   */
  receive(data: Buffer, isBinary: boolean): void {
    this.#hasResponded = true;
    if (this.#closed) return; // a message that was in flight when the gateway closed the socket
    try {
      this.#take(data, isBinary);
    } catch (error) {
      this.#failed(error);
    }
  }

  #take(data: Buffer, isBinary: boolean): void {
    if (isBinary) return this.close(BINARY_MESSAGE);
    const message = readClientMessage(data.toString());
    if (!message.ok) return this.close(badMessage(message.error));
    const action = actionOn(message.value, this);
    switch (action.do) {
      case 'ADMIT':
        return void this.#admit(action.payload);
      case 'PONG':
        return this.#send(action.payload ? { type: 'pong', payload: action.payload } : { type: 'pong' });
      case 'START':
        return this.#start(action.id, action.params);
      case 'REFUSE_ONE_MORE':
        return this.#send({ id: action.id, type: 'error', payload: [tooMany(this.maxOperations)] });
      case 'STOP':
        return this.#stop(action.id);
      case 'CLOSE':
        return this.close(action.closing);
      case 'NOTHING':
    }
  }

  pongReceived(): void {
    this.#hasResponded = true;
  }

  close({ code, reason }: Closing): void {
    if (this.#closed) return;
    this.closed();
    this.#webSocket.close(code, reason);
  }

  /** Releases all resources of a socket that has gone. */
  closed(): void {
    this.#closed = true;
    clearTimeout(this.#initTimer);
    this.#headers = null;
    this.#sendQueue.close();
    for (const id of this.operations.keys()) this.#stop(id);
  }

  checkCaller(): void {
    const problem = this.#caller && !this.#closed ? this.#problemOf(this.#caller) : null;
    if (!problem) return;
    this.#dependencies.counts.endedByToken += 1;
    this.close(tokenProblem(problem));
  }

  beat(): void {
    if (!this.#hasResponded) {
      this.#dependencies.counts.droppedSilent += 1;
      return this.#webSocket.terminate();
    }
    this.#hasResponded = false;
    if (!this.#closed) this.#webSocket.ping();
  }

  /** Sends an answer, unless the caller's token is no longer valid. */
  answer(operation: SocketOperation, answer: SharedAnswer): void {
    this.checkCaller();
    if (this.#closed) return;
    this.#dependencies.counts.answers += 1;
    const { refusal } = answer;
    if (!refusal) return this.#sendQueue.send(operation.nextOf(answer));
    this.#stop(operation.id);
    this.#send({ id: operation.id, type: 'error', payload: refusal });
  }

  ended({ id }: SocketOperation): void {
    this.#stop(id);
    this.#send({ id, type: 'complete' });
  }

  async #admit(payload: Readonly<Record<string, unknown>> | null): Promise<void> {
    this.#phase = 'ADMITTING';
    clearTimeout(this.#initTimer);
    try {
      const claims = claimsOfSocket(this.#headers ?? {}, payload, this.#address);
      if (!claims.ok) return this.close(claims.error);
      const caller = await this.#dependencies.callers.identify(claims.value);
      if (this.#closed) return;
      if (!caller.ok) return this.close(closingOf(caller.error));
      this.#phase = 'ADMITTED';
      this.#caller = caller.value;
      this.#headers = null;
      this.#send({ type: 'connection_ack' });
    } catch (error) {
      this.#failed(error);
    }
  }

  /** The reason why the caller must be disconnected, or null. When the check itself fails, the socket closes. */
  #problemOf(caller: Caller): ValidityProblem | null {
    try {
      return this.#dependencies.validity.problemOf(caller);
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  #failed(error: unknown): void {
    this.#dependencies.onUnexpectedError(error);
    this.close(TRY_AGAIN);
  }

  #start(id: string, params: OperationParams): void {
    const operation = new SocketOperation(id, this, wantsCheckpoints(params));
    this.operations.set(id, operation);
    this.#dependencies.counts.operations += 1;
    this.#dependencies.operations
      .start(params, this.#call(), operation)
      .then((leave) => operation.began(leave))
      .catch((error: unknown) => this.#failed(error));
  }

  #call(): OperationCall {
    if (!this.#caller) throw new Error('an operation started before its caller was identified');
    const context = { ...this.#caller.context, requestId: randomUUID() };
    return { context, transport: 'SOCKET', address: this.#address, readOnly: false };
  }

  #stop(id: string): void {
    const operation = this.operations.get(id);
    if (!operation) return;
    this.operations.delete(id);
    this.#dependencies.counts.operations -= 1;
    operation.stop();
  }

  #send(message: unknown): void {
    this.#sendQueue.send(outgoing(textFrame(message)));
  }

  #tooSlow(): void {
    this.#dependencies.counts.droppedTooSlow += 1;
    this.close(TOO_SLOW);
  }
}

function tooMany(most: number): GraphQLError {
  return new GraphQLError(`A socket may have ${most} operations open at a time: complete one, or open another socket`, {
    extensions: { code: 'TOO_MANY_OPERATIONS' },
  });
}
