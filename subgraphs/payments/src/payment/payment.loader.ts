import { hasScope, type RequestContext } from '@souk/kit/context';
import { RequestLoader } from '@souk/kit/graphql';
import { PaymentsRead } from '../contract.ts';
import type { DisputeRecord } from '../dispute/dispute.repository.ts';
import type { DisputeService } from '../dispute/dispute.service.ts';
import type { PaymentReader } from './payment-reader.service.ts';
import type { PaymentRecord, TransactionRecord } from './payment-records.repository.ts';

/**
 * The cache key of a payment's transactions. Each step adds a transaction and increases the version, so the cache never returns outdated
 * transactions.
 */
interface PaymentVersion {
  readonly id: string;
  readonly version: number;
}

/** The loaders of one request. Each loader batches its reads into one statement. */
export interface PaymentLoaders {
  readonly byId: RequestLoader<string, PaymentRecord>;
  readonly byOrderId: RequestLoader<string, readonly PaymentRecord[]>;
  readonly transactions: RequestLoader<PaymentVersion, readonly TransactionRecord[]>;
  readonly disputes: RequestLoader<PaymentVersion, readonly DisputeRecord[]>;
}

const nameOf = ({ id, version }: PaymentVersion) => `${id}@${version}`;

export function paymentLoaders(payments: PaymentReader, disputes: DisputeService): PaymentLoaders {
  return {
    // A reference from another subgraph has no access token, so only staff with `payments:read` may load payments by reference.
    byId: new RequestLoader(async (ctx, ids) =>
      hasScope(ctx, PaymentsRead) ? payments.byIds(ctx, ids) : new Map<string, PaymentRecord>(),
    ),
    byOrderId: new RequestLoader((ctx, ids) => payments.ofOrders(ctx, ids)),
    transactions: byVersion((ctx, ids) => payments.transactionsOf(ctx, ids)),
    disputes: byVersion((ctx, ids) => disputes.ofPayments(ctx, ids)),
  };
}

/** A loader of rows by payment id. The cache key includes the payment's version. */
function byVersion<Row>(
  load: (ctx: RequestContext, ids: readonly string[]) => Promise<ReadonlyMap<string, readonly Row[]>>,
): RequestLoader<PaymentVersion, readonly Row[]> {
  return new RequestLoader(async (ctx, keys: readonly PaymentVersion[]) => {
    const found = await load(
      ctx,
      keys.map((key) => key.id),
    );
    return new Map(keys.map((key) => [nameOf(key), found.get(key.id) ?? []]));
  }, nameOf);
}
