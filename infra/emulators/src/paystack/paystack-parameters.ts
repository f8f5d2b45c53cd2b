import type { PublishedParameters } from '../hosted/json-parameters.ts';

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
