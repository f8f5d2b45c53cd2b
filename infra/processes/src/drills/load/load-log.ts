/** A request that brought no usable answer. Times are of `performance.now()`, in ms. */
export interface FailedRequest {
  readonly at: number;
  /** How long it took to fail. */
  readonly tookMs: number;
  /** `CheckoutComplete` */
  readonly operation: string;
  /** A code of the answer, or of what kept it away: `NETWORK_ERROR`, `INVALID_ANSWER 502`, `SERVICE_UNAVAILABLE`. */
  readonly reason: string;
}

/** What a buyer tried to buy, and what came of it. Times are of `performance.now()`, in ms. */
export interface Purchase {
  readonly sku: string;
  readonly quantity: number;
  readonly idempotencyKey: string;
  /** Null: not even the cart was answered. */
  readonly cartId: string | null;
  readonly begunAt: number;
  readonly endedAt: number;
  /** Null when the buyer was refused, or gave up after a long time. */
  readonly order: { readonly id: string; readonly number: string } | null;
  /** Why there is no order; null where there is one. */
  readonly reason: string | null;
}

/** Everything that the clients of a load saw. */
export class LoadLog {
  readonly purchases: Purchase[] = [];
  readonly failures: FailedRequest[] = [];
  /** Sent so far, the failed ones too. */
  requests = 0;
  /** Answers that had what was needed, and errors for something else. */
  partialAnswers = 0;

  get ordered(): readonly Purchase[] {
    return this.purchases.filter(({ order }) => order !== null);
  }
}
