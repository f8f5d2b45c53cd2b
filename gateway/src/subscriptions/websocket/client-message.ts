import { err, ok, type Result } from '@souk/kit/domain';
import { isJsonObject, readJson } from '@souk/engine/json';
import { isNestedBeyond, MOST_NESTED } from '../../operations/nesting.ts';
import { operationParams, type OperationParams } from '../../operations/operation-params.ts';

type Payload = Readonly<Record<string, unknown>>;

/** What a client may say in graphql-transport-ws. */
export type ClientMessage =
  | { readonly type: 'connection_init'; readonly payload: Payload | null }
  | { readonly type: 'ping' | 'pong'; readonly payload: Payload | null }
  | { readonly type: 'subscribe'; readonly id: string; readonly params: OperationParams }
  | { readonly type: 'complete'; readonly id: string };

/** An operation's id is sent with each of its answers: a long one would be sent often. */
const ID_LENGTH = 128;

/** A message, or what is wrong with its text. */
export function readClientMessage(text: string): Result<ClientMessage, string> {
  const message = parsed(text);
  if (!isJsonObject(message)) return err('it must be a JSON object');
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
      return err('its `type` is none of graphql-transport-ws');
  }
}

function withPayload(type: 'connection_init' | 'ping' | 'pong', payload: unknown): Result<ClientMessage, string> {
  if (payload === undefined || payload === null) return ok({ type, payload: null });
  if (isNestedBeyond(payload)) return err(`its \`payload\` may be nested ${MOST_NESTED} deep`); // it is sent back
  return isJsonObject(payload) ? ok({ type, payload }) : err('its `payload` must be an object');
}

function subscription(message: Payload): Result<ClientMessage, string> {
  return withId(message, (id) => {
    const params = operationParams(message['payload']);
    return params.ok ? ok({ type: 'subscribe', id, params: params.value }) : err(`in its payload, ${params.error}`);
  });
}

function withId({ id }: Payload, read: (id: string) => Result<ClientMessage, string>): Result<ClientMessage, string> {
  if (typeof id !== 'string' || id === '') return err('its `id` must be text, and not empty');
  return id.length > ID_LENGTH ? err(`its \`id\` may have ${ID_LENGTH} letters`) : read(id);
}

function parsed(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return null;
  }
}
