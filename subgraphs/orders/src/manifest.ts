import { CustomerRecognized, TenantChanged } from '@souk/accounts/contract';
import { BackorderAllocated } from '@souk/inventory/contract';
import { defineManifest, defineReader, randomText } from '@souk/kit/manifest';
import { PaymentChanged, PaymentDisputed, PaymentSettled } from '@souk/payments/contract';
import { z } from 'zod';
import type { OnCheckoutStep } from './checkout/checkout-journal.service.ts';
import * as contract from './contract.ts';

/** Consumer that links an order to the customer record of its buyer. */
export const customerReader = defineReader({ name: 'orders.link-customer', event: CustomerRecognized });
/** Consumer that applies changes of a payment to its order. */
export const paymentReader = defineReader({ name: 'orders.follow-payment', event: PaymentChanged });
/** Consumer that adds the disputes of a payment to the history of its order. */
export const disputeReader = defineReader({ name: 'orders.follow-dispute', event: PaymentDisputed });
/** Consumer that allocates arrived stock to the lines of an order. */
export const backorderReader = defineReader({ name: 'orders.allocate-backorders', event: BackorderAllocated });
/** Consumer that continues a checkout when its pending payment has an outcome. */
export const paymentSettledReader = defineReader({ name: 'orders.continue-checkout', event: PaymentSettled });
/** Consumer that follows the default currency of a shop. */
export const tenantCurrencyReader = defineReader({ name: 'orders.tenant-currency', event: TenantChanged });

const settings = z.object({
  /** Called at each step of a checkout, for crash tests. See `OnCheckoutStep`. */
  onCheckoutStep: z.custom<OnCheckoutStep>((value) => typeof value === 'function').optional(),
});

const secrets = z.object({
  /** The HMAC key for the access tokens of orders. A new key invalidates all issued tokens. */
  orderAccessSecret: randomText({
    variable: 'ORDER_ACCESS_SECRET_FILE',
    holds: "the secret that signs buyers' links to their orders, 32 random characters or more",
  }),
});
/** The secret is absent in worker processes, because a worker does not create access tokens. */
export type OrdersSettings = z.infer<typeof settings> & Partial<z.infer<typeof secrets>>;

export const ordersManifest = defineManifest({
  name: 'orders',
  port: 4003,
  migrations: new URL('../migrations/', import.meta.url),
  contract,
  readers: [customerReader, paymentReader, disputeReader, backorderReader, paymentSettledReader, tenantCurrencyReader],
  feeds: [contract.OrderChanged],
  jobs: [
    { name: 'orders.attempt-clean-up' },
    { name: 'orders.cart-abandonment' },
    { name: 'orders.checkout-recovery' },
    { name: 'orders.compensation' },
    { name: 'orders.draft-expiry' },
    { name: 'orders.invoicing', runsIn: 'worker' },
  ],
  settings,
  secrets,
  worker: { port: 4013, poolSize: 3 },
  load: async () => (await import('./index.ts')).orders,
});
