import { err, ok, type Result } from '@souk/kit/domain';
import { isJsonObject, readJson } from '@souk/engine/json';
import { isNestedBeyond, MOST_NESTED } from '../../operations/nesting.ts';
import { operationParams, type OperationParams } from '../../operations/operation-params.ts';

type Payload = Readonly<Record<string, unknown>>;

/** The messages of a client in graphql-transport-ws. */
export type ClientMessage =
  | { readonly type: 'connection_init'; readonly payload: Payload | null }
  | { readonly type: 'ping' | 'pong'; readonly payload: Payload | null }
  | { readonly type: 'subscribe'; readonly id: string; readonly params: OperationParams }
  | { readonly type: 'complete'; readonly id: string };

/** The maximum length of an operation's id. A long id would cost memory and bandwidth, because each answer repeats it. */
const ID_LENGTH = 128;

/**
 * Parses a message.
 * @returns the message, or a description of the problem
 */
export function readClientMessage(text: string): Result<ClientMessage, string> {
  const message = parsed(text);
  if (!isJsonObject(message)) return err('the message must be a JSON object');
  switch (message['type']) {
    case 'connection_init':
    case 'ping':
    case 'pong':
      return withPayload(message['type'], message['payload']);
    case 'subscribe':
      return subscription(message);
    case 'complete':
      return withId(message, (id) => ok({ type: 'complete', id }));
    default:
      return err('`type` must be a message type of graphql-transport-ws');
  }
}

function withPayload(type: 'connection_init' | 'ping' | 'pong', payload: unknown): Result<ClientMessage, string> {
  if (payload === undefined || payload === null) return ok({ type, payload: null });
  // A pong repeats the payload of its ping, and `JSON.stringify` overflows the stack on deep nesting.
  if (isNestedBeyond(payload)) return err(`\`payload\` may be nested at most ${MOST_NESTED} levels deep`);
  return isJsonObject(payload) ? ok({ type, payload }) : err('`payload` must be an object');
}

function subscription(message: Payload): Result<ClientMessage, string> {
  return withId(message, (id) => {
    const params = operationParams(message['payload']);
    return params.ok ? ok({ type: 'subscribe', id, params: params.value }) : err(`in \`payload\`: ${params.error}`);
  });
}

function withId({ id }: Payload, read: (id: string) => Result<ClientMessage, string>): Result<ClientMessage, string> {
  if (typeof id !== 'string' || id === '') return err('`id` must be text, and not empty');
  return id.length > ID_LENGTH ? err(`\`id\` may have at most ${ID_LENGTH} characters`) : read(id);
}

function parsed(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return null;
  }
}
