import { parseArgs } from 'node:util';
import { followOrder } from './follow-order.ts';
import { placeOrder } from './place-order.ts';
import { soukClient } from './souk-client.ts';

// Places an order with the test card, and prints its events until it is delivered.

const HELP = 'Usage: node src/main.ts --reference PO-1 --sku SKU [--quantity 1] [--until COMPLETED] [--url URL]';
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4000' },
    reference: { type: 'string' },
    sku: { type: 'string' },
    quantity: { type: 'string', default: '1' },
    until: { type: 'string', default: 'COMPLETED' },
    'every-ms': { type: 'string', default: '2000' },
  },
});

const { url, reference, sku, quantity, until } = values;
if (!reference || !sku) throw new Error(`The purchase order has no reference or no SKU. ${HELP}`);

const souk = soukClient(url);
const order = await placeOrder(souk, {
  reference,
  sku,
  quantity: Number(quantity),
  email: 'purchasing@partner.example',
  shippingAddress: {
    name: 'Goods receipt',
    line1: 'Lagerstraße 4',
    city: 'Berlin',
    postalCode: '10115',
    countryCode: 'DE',
  },
  paymentToken: 'tok_visa',
});
process.stdout.write(`order ${order.number}\n`);
for await (const { type, at, message } of followOrder(souk, order, until, Number(values['every-ms']))) {
  process.stdout.write(`${at}  ${type}${message ? `  ${message}` : ''}\n`);
}
