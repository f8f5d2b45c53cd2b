import type { PublishedParameters } from '../hosted/json-parameters.ts';
import { DAY, NUMBER, TEXT, type QueryParameters } from '../hosted/query-parameters.ts';

/** The parameters of `POST /v3/payments` (developer.flutterwave.com/v3.0.0/reference/checkout). */
export const PAYMENT: PublishedParameters = {
  tx_ref: { type: 'STRING', required: true },
  amount: { type: 'NUMERIC', required: true },
  currency: { type: 'STRING' },
  redirect_url: { type: 'STRING', required: true },
  customer: {
    type: 'OBJECT',
    required: true,
    members: {
      email: { type: 'STRING', required: true },
      name: { type: 'STRING' },
      phonenumber: { type: 'STRING' },
      phone_number: { type: 'STRING' },
    },
  },
  session_duration: { type: 'INTEGER' },
  max_retry_attempt: { type: 'INTEGER' },
  customizations: {
    type: 'OBJECT',
    members: { title: { type: 'STRING' }, logo: { type: 'STRING' }, description: { type: 'STRING' } },
  },
  meta: { type: 'OBJECT' },
  payment_plan: { type: 'INTEGER' },
  payment_options: { type: 'STRING' },
  subaccounts: { type: 'LIST' },
  link_expiration: { type: 'STRING' },
};

/** The parameters of `POST /v3/transactions/:id/refund` (developer.flutterwave.com/v3.0.0/reference/transaction-refund). */
export const REFUND: PublishedParameters = {
  amount: { type: 'NUMERIC' },
  comments: { type: 'STRING' },
  callbackurl: { type: 'STRING' },
};

const PAGED = { page: NUMBER, from: DAY, to: DAY, currency: TEXT };

/** The parameters of `GET /v3/transactions` (developer.flutterwave.com/v3.0.0/reference/get-transactions). */
export const TRANSACTIONS: QueryParameters = {
  ...PAGED,
  customer_email: TEXT,
  customer_fullname: TEXT,
  status: /^(successful|failed)$/,
  tx_ref: TEXT,
};

/** The parameters of `GET /v3/refunds` (developer.flutterwave.com/v3.0.0/reference, refunds). */
export const REFUNDS: QueryParameters = { ...PAGED, id: NUMBER, status: TEXT };

/** The parameters of `GET /v3/chargebacks` (developer.flutterwave.com/reference/endpoints/charge-backs). */
export const CHARGEBACKS: QueryParameters = {
  ...PAGED,
  id: NUMBER,
  flw_ref: TEXT,
  status: /^(lost|won|initiated|accepted|declined)$/,
};
