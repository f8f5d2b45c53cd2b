export * from './__generated__/calls.ts';
export * from './__generated__/documents.ts';
export type * from './__generated__/operation-types.ts';
export type { Answer } from './answer.ts';
export type { ClientHeaders, HeaderSource } from './client-headers.ts';
export {
  createHttpClient,
  type CallArguments,
  type CallOptions,
  type HttpClient,
  type HttpClientOptions,
} from './http-client.ts';
export { createLiveClient, type LiveClientOptions } from './live-client.ts';
export type { OperationCall, SubscriptionCall } from './operation-calls.ts';
export type { OperationDocument, VariablesArgument } from './operation-document.ts';
export { perform, type Outcome } from './outcome.ts';
export { returnableLines, type ReturnableLine, type ReturnableOrder } from './returnable-lines.ts';
export { createSession, type Session, type SessionOptions, type SessionTokens, type TokenStore } from './session.ts';
export { createSocketClient, type SocketClient, type SocketClientOptions } from './socket-client.ts';
export { SoukError, type AnswerError } from './souk-error.ts';
export type { Subscriber, SubscriptionClient } from './subscription-client.ts';
