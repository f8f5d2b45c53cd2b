import { CustomerRecognized } from '@souk/accounts/contract';
import { BackorderAllocated } from '@souk/inventory/contract';
import { defineManifest, defineReader, randomText } from '@souk/kit/manifest';
import { PaymentChanged, PaymentDisputed, PaymentSettled } from '@souk/payments/contract';
import { z } from 'zod';
import type { OnCheckoutStep } from './checkout/checkout-journal.service.ts';
import * as contract from './contract.ts';

/** Links an order to the customer of its buyer. */
export const customerReader = defineReader({ name: 'orders.link-customer', event: CustomerRecognized });
/** Follows the payment of an order. */
export const paymentReader = defineReader({ name: 'orders.follow-payment', event: PaymentChanged });
/** Writes the disputes of a payment to the history of its order. */
export const disputeReader = defineReader({ name: 'orders.follow-dispute', event: PaymentDisputed });
/** Allocates arrived stock to the lines of an order that waited for it. */
export const backorderReader = defineReader({ name: 'orders.allocate-backorders', event: BackorderAllocated });
/** Continues the checkout of a payment that waited. */
export const paymentSettledReader = defineReader({ name: 'orders.continue-checkout', event: PaymentSettled });

const settings = z.object({
  /** Called at the steps of a checkout, for crash drills. See `OnCheckoutStep`. @default no call */
  onCheckoutStep: z.custom<OnCheckoutStep>((value) => typeof value === 'function').optional(),
});

const secrets = z.object({
  /** Signs the access tokens of orders. A new secret invalidates all links that were issued. */
  orderAccessSecret: randomText({
    variable: 'ORDER_ACCESS_SECRET_FILE',
    holds: "the secret that signs buyers' links to their orders, 32 random characters or more",
  }),
});
/** A worker receives no secret: it creates no access tokens. */
export type OrdersSettings = z.infer<typeof settings> & Partial<z.infer<typeof secrets>>;

export const ordersManifest = defineManifest({
  name: 'orders',
  port: 4003,
  migrations: new URL('../migrations/', import.meta.url),
  contract,
  readers: [customerReader, paymentReader, disputeReader, backorderReader, paymentSettledReader],
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
