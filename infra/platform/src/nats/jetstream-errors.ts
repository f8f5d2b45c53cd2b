import { NatsError } from 'nats';

/** JetStream's error codes: https://github.com/nats-io/nats-server/blob/v2.9.10/server/errors.json */
export const STREAM_NOT_FOUND = 10_059;
export const CONSUMER_NOT_FOUND = 10_014;
export const MESSAGE_NOT_FOUND = 10_037;
export const WRONG_LAST_SEQUENCE = 10_071;

/** Resolves to the value of `asked`. Resolves to null when the request fails with the JetStream error code `code`. */
export async function nullOnError<Value>(asked: Promise<Value>, code: number): Promise<Value | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NatsError && error.api_error?.err_code === code) return null;
    throw error;
  }
}
