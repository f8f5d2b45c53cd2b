/** A request without a usable answer. Times are from `performance.now()`, in ms. */
export interface FailedRequest {
  readonly at: number;
  /** Time until the failure, in ms. */
  readonly tookMs: number;
  /** The name of the operation, for instance `CheckoutComplete`. */
  readonly operation: string;
  /**
   * The error code of the answer, or of the failed request: `NETWORK_ERROR`, `INVALID_ANSWER 502`,
   * `SERVICE_UNAVAILABLE`.
   */
  readonly reason: string;
}

/** One purchase and its outcome. Times are from `performance.now()`, in ms. */
export interface Purchase {
  readonly sku: string;
  readonly quantity: number;
  readonly idempotencyKey: string;
  /** Null when even the cart got no answer. */
  readonly cartId: string | null;
  readonly begunAt: number;
  readonly endedAt: number;
  /** Null when the purchase was refused, or retried for too long. */
  readonly order: { readonly id: string; readonly number: string } | null;
  /** Why there is no order; null for a purchase with an order. */
  readonly reason: string | null;
}

/** All observations of a load's clients. */
export class LoadLog {
  readonly purchases: Purchase[] = [];
  readonly failures: FailedRequest[] = [];
  /** Requests sent so far, with the failed ones. */
  requests = 0;
  /** Answers with the needed data, and with errors in other fields. */
  partialAnswers = 0;

  get ordered(): readonly Purchase[] {
    return this.purchases.filter(({ order }) => order !== null);
  }
}
