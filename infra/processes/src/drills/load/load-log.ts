/** A request that failed or returned an error. All times are from `performance.now()`, in ms. */
export interface FailedRequest {
  readonly at: number;
  /** The time from the request to the failure, in ms. */
  readonly tookMs: number;
  /** The name of the operation, for instance `CheckoutComplete`. */
  readonly operation: string;
  /** The error code of the response or of the network: `NETWORK_ERROR`, `INVALID_ANSWER 502`, `SERVICE_UNAVAILABLE`. */
  readonly reason: string;
}

/** One purchase and its outcome. All times are from `performance.now()`, in ms. */
export interface Purchase {
  readonly sku: string;
  readonly quantity: number;
  readonly idempotencyKey: string;
  /** The id of the cart. Null when no cart could be created. */
  readonly cartId: string | null;
  readonly begunAt: number;
  readonly endedAt: number;
  /** The order. Null when the purchase was refused, or when its retries took too long. */
  readonly order: { readonly id: string; readonly number: string } | null;
  /** The reason why there is no order. Null when there is an order. */
  readonly reason: string | null;
}

/** Everything that the clients of a load observed. */
export class LoadLog {
  readonly purchases: Purchase[] = [];
  readonly failures: FailedRequest[] = [];
  /** The number of requests so far, including failed requests. */
  requests = 0;
  /** The number of responses with the needed data, but with errors in other fields. */
  partialAnswers = 0;
  /** The number of responses to buyers in which the warehouse of a parcel was null, with or without an error. */
  hiddenWarehouses = 0;

  get ordered(): readonly Purchase[] {
    return this.purchases.filter(({ order }) => order !== null);
  }
}
