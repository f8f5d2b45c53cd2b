/** An error as Stripe reports it (docs.stripe.com/api/errors). */
export interface StripeFailureBody {
  readonly type: 'invalid_request_error' | 'card_error' | 'api_error' | 'idempotency_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly payment_intent?: unknown;
}

/** Thrown by request handlers. The emulator sends it as the error response. */
export class StripeFailure extends Error {
  readonly status: number;
  readonly body: StripeFailureBody;

  constructor(status: number, body: StripeFailureBody) {
    super(body.message);
    this.name = 'StripeFailure';
    this.status = status;
    this.body = body;
  }
}

export function invalidRequest(message: string, details: Partial<StripeFailureBody> = {}, status = 400): StripeFailure {
  return new StripeFailure(status, { type: 'invalid_request_error', message, ...details });
}

export function noSuch(noun: string, id: string, param: string, status = 400): StripeFailure {
  return invalidRequest(`No such ${noun}: '${id}'`, { code: 'resource_missing', param }, status);
}
