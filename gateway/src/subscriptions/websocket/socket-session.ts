import { GraphQLError } from 'graphql';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Caller, CallerSource } from '../../identity/caller.ts';
import type { CallerValidity, ValidityProblem } from '../connections/caller-validity.ts';
import { Outbox, outgoing, type OutboxLimits } from '../connections/outbox.ts';
import type { OpenConnection } from '../connections/rounds.ts';
import type { StreamedOperations } from '../connections/streamed-operations.ts';
import type { RunningCounts } from '../connections/subscription-counts.ts';
import type { OperationCall } from '../../operations/operation-call.ts';
import type { OperationParams } from '../../operations/operation-params.ts';
import { wantsMarks } from '../positions/resume-request.ts';
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

/** What every socket of a gateway shares. */
export interface SocketSessionParts {
  readonly callers: CallerSource;
  readonly validity: CallerValidity;
  readonly operations: StreamedOperations;
  readonly counts: RunningCounts;
  readonly maxOperations: number;
  readonly outbox: OutboxLimits;
  /** How long a client may take until it sends `connection_init`. */
  readonly initTimeoutMs: number;
  /** Told what fails unexpectedly. */
  readonly onSurprise: (error: unknown) => void;
}

/** A socket that was just accepted. */
export interface AcceptedSocket {
  readonly webSocket: WebSocket;
  /** Under the web socket. Frames that many sockets share are written to it directly. */
  readonly connection: Duplex;
  readonly headers: IncomingHttpHeaders;
  /** The client's IP address. */
  readonly address: string;
}

/** One client of graphql-transport-ws: what `actionOn` decides is done here. */
export class SocketSession implements SocketState, SocketAnswers, OpenConnection {
  readonly operations = new Map<string, SocketOperation>();
  readonly #parts: SocketSessionParts;
  readonly #webSocket: WebSocket;
  readonly #outbox: Outbox;
  readonly #address: string;
  readonly #initTimer: NodeJS.Timeout;
  /** Of the upgrade, until the caller is known. */
  #headers: IncomingHttpHeaders | null;
  #phase: SocketState['phase'] = 'CONNECTED';
  #caller: Caller | null = null;
  #closed = false;
  #heard = true;

  constructor({ webSocket, connection, headers, address }: AcceptedSocket, parts: SocketSessionParts) {
    this.#parts = parts;
    this.#webSocket = webSocket;
    this.#headers = headers;
    this.#address = address;
    this.#outbox = new Outbox(connection, parts.outbox, () => this.#tooSlow());
    this.#initTimer = setTimeout(() => this.close(INIT_TIMEOUT), parts.initTimeoutMs);
  }

  get phase(): SocketState['phase'] {
    return this.#phase;
  }

  get maxOperations(): number {
    return this.#parts.maxOperations;
  }

  /** A message came. What fails unexpectedly ends this socket: a throw out of here would end the process, and with it all others. */
  receive(data: Buffer, isBinary: boolean): void {
    this.#heard = true;
    if (this.#closed) return; // what was on its way when we closed
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

  /** The peer answered a ping. */
  heard(): void {
    this.#heard = true;
  }

  /** Says why, and ends all that it had under way. */
  close({ code, reason }: Closing): void {
    if (this.#closed) return;
    this.closed();
    this.#webSocket.close(code, reason);
  }

  /** The socket is gone: nothing of it stays. */
  closed(): void {
    this.#closed = true;
    clearTimeout(this.#initTimer);
    this.#headers = null;
    this.#outbox.close();
    for (const id of this.operations.keys()) this.#stop(id);
  }

  checkCaller(): void {
    const problem = this.#caller && !this.#closed ? this.#problemOf(this.#caller) : null;
    if (!problem) return;
    this.#parts.counts.endedByToken += 1;
    this.close(tokenProblem(problem));
  }

  beat(): void {
    if (!this.#heard) {
      this.#parts.counts.droppedSilent += 1;
      return this.#webSocket.terminate();
    }
    this.#heard = false;
    if (!this.#closed) this.#webSocket.ping();
  }

  /** An answer, for a caller who may still have it. */
  answer(operation: SocketOperation, answer: SharedAnswer): void {
    this.checkCaller();
    if (this.#closed) return;
    this.#parts.counts.answers += 1;
    const { refusal } = answer;
    if (!refusal) return this.#outbox.send(operation.nextOf(answer));
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
      const claims = claimsOfSocket(this.#headers ?? {}, payload);
      if (!claims.ok) return this.close(claims.error);
      const caller = await this.#parts.callers.identify(claims.value);
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

  /** Who cannot be found out about gets nothing more. */
  #problemOf(caller: Caller): ValidityProblem | null {
    try {
      return this.#parts.validity.problemOf(caller);
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  #failed(error: unknown): void {
    this.#parts.onSurprise(error);
    this.close(TRY_AGAIN);
  }

  #start(id: string, params: OperationParams): void {
    const operation = new SocketOperation(id, this, wantsMarks(params));
    this.operations.set(id, operation);
    this.#parts.counts.operations += 1;
    this.#parts.operations
      .start(params, this.#call(), operation)
      .then((leave) => operation.began(leave))
      .catch((error: unknown) => this.#failed(error));
  }

  #call(): OperationCall {
    if (!this.#caller) throw new Error('an operation came before its caller was known');
    const context = { ...this.#caller.context, requestId: randomUUID() };
    return { context, transport: 'SOCKET', address: this.#address, readOnly: false };
  }

  #stop(id: string): void {
    const operation = this.operations.get(id);
    if (!operation) return;
    this.operations.delete(id);
    this.#parts.counts.operations -= 1;
    operation.stop();
  }

  #send(message: unknown): void {
    this.#outbox.send(outgoing(textFrame(message)));
  }

  #tooSlow(): void {
    this.#parts.counts.droppedTooSlow += 1;
    this.close(TOO_SLOW);
  }
}

function tooMany(most: number): GraphQLError {
  return new GraphQLError(`A socket may have ${most} operations open at a time: complete one, or open another socket`, {
    extensions: { code: 'TOO_MANY_OPERATIONS' },
  });
}
