import type { PublishedParameters } from '../hosted/json-parameters.ts';
import { NUMBER, TEXT, TIME, type QueryParameters } from '../hosted/query-parameters.ts';

const CURRENCIES = ['NGN', 'GHS', 'ZAR', 'KES', 'USD', 'XOF'];

/** The parameters of `POST /transaction/initialize` (github.com/PaystackOSS/openapi, schemas/transaction/Initialize.yaml). */
export const INITIALIZE: PublishedParameters = {
  email: { type: 'STRING', required: true },
  amount: { type: 'INTEGER', required: true },
  currency: { type: 'STRING', values: CURRENCIES },
  reference: { type: 'STRING' },
  callback_url: { type: 'STRING' },
  plan: { type: 'STRING' },
  invoice_limit: { type: 'INTEGER' },
  metadata: { type: 'STRING' },
  channels: { type: 'LIST' },
  split_code: { type: 'STRING' },
  subaccount: { type: 'STRING' },
  transaction_charge: { type: 'INTEGER' },
  bearer: { type: 'STRING', values: ['account', 'subaccount'] },
};

/** The parameters of `POST /refund` (github.com/PaystackOSS/openapi, schemas/refund/Create.yaml). */
export const REFUND: PublishedParameters = {
  transaction: { type: 'STRING', required: true },
  amount: { type: 'INTEGER' },
  currency: { type: 'STRING', values: CURRENCIES },
  customer_note: { type: 'STRING' },
  merchant_note: { type: 'STRING' },
};

const PAGED = { perPage: NUMBER, page: NUMBER, from: TIME, to: TIME };

/** The parameters of `GET /transaction` (paystack.com/docs/api/transaction, list transactions). */
export const TRANSACTIONS: QueryParameters = {
  ...PAGED,
  customer: NUMBER,
  terminalid: TEXT,
  status: /^(failed|success|abandoned)$/,
  amount: NUMBER,
};

/** The parameters of `GET /refund` (paystack.com/docs/api/refund, list refunds). */
export const REFUNDS: QueryParameters = { ...PAGED, transaction: TEXT, currency: TEXT };

/** The parameters of `GET /dispute` (paystack.com/docs/api/dispute, list disputes). */
export const DISPUTES: QueryParameters = {
  ...PAGED,
  transaction: TEXT,
  status: /^(awaiting-merchant-feedback|awaiting-bank-feedback|pending|resolved)$/,
};
