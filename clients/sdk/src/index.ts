export * from './__generated__/documents.ts';
export type * from './__generated__/operation-types.ts';
export type { Answer } from './answer.ts';
export type { ClientHeaders, HeaderSource } from './client-headers.ts';
export { createHttpClient, type CallOptions, type HttpClient, type HttpClientOptions } from './http-client.ts';
export type { OperationDocument } from './operation-document.ts';
export { createSocketClient, type SocketClient, type SocketClientOptions, type Subscriber } from './socket-client.ts';
export { SoukError, type AnswerError } from './souk-error.ts';
