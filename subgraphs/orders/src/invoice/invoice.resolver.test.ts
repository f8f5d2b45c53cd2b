import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { systemClock } from '@souk/kit/domain';
import { UnitOfWork } from '@souk/kit/persistence';
import { createLogger } from '@souk/kit/runtime';
import { until } from '@souk/kit/testing';
import { RefundPayment } from '@souk/payments/contract';
import { entities, type OrdersDatabase } from '../database.ts';
import { openShop } from '../testing/shop.ts';
import { InvoicingJob } from './invoicing.job.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let job: InvoicingJob;
beforeAll(async () => {
  shop = await openShop();
  const unitOfWork = new UnitOfWork<OrdersDatabase>(await shop.database.openOrm('orders', entities));
  job = new InvoicingJob({ unitOfWork, clock: systemClock, logger: createLogger({ level: 'silent' }) });
});
afterAll(() => shop.close());

const SETTINGS = `seller: { legalName: "Opal Lamps Ltd", vatId: "DE136695976",
  address: { line1: "Main Street 1", city: "Berlin", postalCode: "10115", countryCode: "DE" } }`;
const FIELDS = `id type number creditedInvoiceNumber total { net { amount } tax { amount } gross { amount } }
  lines { kind name quantity total { gross { amount } } }`;

async function mutate(field: string, args: string, payload: string, ctx: RequestContext = shop.staff) {
  const source = `mutation { ${field}(input: { ${args} }) { ${payload} userErrors { code field } } }`;
  return (await shop.process.query(ctx, source))[field];
}

const configure = (isAutomatic: boolean, prefixes = 'invoicePrefix: "INV-", creditNotePrefix: "CN-"') =>
  mutate('invoiceSettingsSet', `${SETTINGS}, ${prefixes}, isAutomatic: ${isAutomatic}`, 'invoiceSettings { version }');
const create = (orderId: string, ctx?: RequestContext) =>
  mutate('invoiceCreate', `orderId: "${orderId}"`, `invoice { ${FIELDS} }`, ctx);

async function invoicesOf(orderId: string) {
  const { order } = await shop.process.query(shop.staff, `{ order(id: "${orderId}") { invoices { ${FIELDS} } } }`);
  return order.invoices as { type: string; number: string; total: { gross: { amount: string } } }[];
}

/** Runs the invoicing job until its queue is empty. */
async function invoiced() {
  await shop.settled();
  await until(async () => {
    await shop.admin.query('update orders.invoice_due set retry_at = now()');
    await job.run();
    return (await shop.admin.query('select from orders.invoice_due')).rowCount === 0;
  });
}

describe('an invoice', () => {
  test('needs the settings of the shop, which are versioned and have two series', async () => {
    const { id } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
    expect(await create(id)).toMatchObject({ invoice: null, userErrors: [{ code: 'INVOICE_SETTINGS_MISSING' }] });
    expect(await configure(false, 'invoicePrefix: "A-", creditNotePrefix: "A-"')).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', field: ['creditNotePrefix'] }],
    });
    expect(await configure(false, 'invoicePrefix: "A1", creditNotePrefix: "A-"')).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT' }],
    });
    expect(await configure(false)).toMatchObject({ invoiceSettings: { version: 1 }, userErrors: [] });
    const stale = `${SETTINGS}, invoicePrefix: "X-", creditNotePrefix: "Y-", isAutomatic: false, expectedVersion: 7`;
    expect(await mutate('invoiceSettingsSet', stale, 'invoiceSettings { version }')).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT' }],
    });
  });

  test('is issued once by staff, with the totals of the order, and read by the buyer', async () => {
    const { id, accessToken } = await shop.order([{ ...shop.offer(5), quantity: 3 }]);
    await expect(create(id, shop.shopper)).rejects.toThrow();
    const { invoice } = await create(id);
    expect(invoice).toMatchObject({
      type: 'INVOICE',
      total: { net: { amount: '29.33' }, tax: { amount: '5.57' }, gross: { amount: '34.90' } },
      lines: [
        { kind: 'GOODS', quantity: 3 },
        { kind: 'SHIPPING', name: 'Standard' },
      ],
    });
    expect(await create(id)).toMatchObject({ invoice: null, userErrors: [{ code: 'INVOICE_EXISTS' }] });
    const read = async (token: string) =>
      (await shop.process.query(shop.shopper, `{ invoice(id: "${invoice.id}" ${token}) { number } }`)).invoice;
    expect(await read(`, accessToken: "${accessToken}"`)).toEqual({ number: invoice.number });
    expect(await read('')).toBeNull();
    await expect(shop.process.query(shop.shopper, '{ invoices { nodes { id } } }')).rejects.toThrow();
    const list = `{ invoices(filter: { type: INVOICE, number: "${invoice.number}" }) { nodes { id orderNumber } } }`;
    expect((await shop.process.query(shop.staff, list)).invoices.nodes).toMatchObject([{ id: invoice.id }]);
  });

  test('cannot be changed or deleted in the database', async () => {
    const { id } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
    const { invoice } = await create(id);
    const grants = `select has_table_privilege('orders_app', 'orders.invoice', privilege) as has
      from unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) privilege`;
    expect((await shop.admin.query(grants)).rows).toEqual([{ has: false }, { has: false }, { has: false }]);
    expect(invoice.number).toMatch(/^INV-\d{5}$/);
  });

  test('gets its number without gaps when many are issued at once and some are rolled back', async () => {
    const orders = [];
    for (let index = 0; index < 8; index++) orders.push(await shop.order([{ ...shop.offer(5), quantity: 1 }]));
    // Each order is requested twice. One of the two requests fails and is rolled back.
    await Promise.all([...orders, ...orders].map(({ id }) => create(id)));
    await shop.restart();
    const { id } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
    await create(id);
    const { rows } = await shop.admin.query(
      `select sequence from orders.invoice where series = 'INV-' order by sequence`,
    );
    expect(rows.map(({ sequence }) => Number(sequence))).toEqual(rows.map((_, index) => index + 1));
  });

  test('returns its number when the transaction dies between the number and the commit', async () => {
    const { id } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
    const last = async () =>
      Number((await shop.admin.query(`select last from orders.invoice_number where series = 'INV-'`)).rows[0].last);
    const before = await last();
    // The trigger kills the connection when the invoice is inserted, after its number was taken.
    await shop.admin.query(`
      create function orders.die() returns trigger language plpgsql as $$ begin
        perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
      create trigger die before insert on orders.invoice for each row execute function orders.die()`);
    await expect(create(id)).rejects.toThrow();
    await shop.admin.query('drop trigger die on orders.invoice; drop function orders.die');
    expect(await last()).toBe(before);
    expect((await create(id)).invoice.number).toBe(`INV-${String(before + 1).padStart(5, '0')}`);
  });
});

describe('the job', () => {
  test('issues the invoice of a paid order once, and the credit note of units that came back', async () => {
    await configure(true);
    const { id } = await shop.order([{ ...shop.offer(5), quantity: 3 }]);
    await invoiced();
    expect(await invoicesOf(id)).toMatchObject([{ type: 'INVOICE', total: { gross: { amount: '34.90' } } }]);
    const lineId = (await shop.process.query(shop.staff, `{ order(id: "${id}") { lines { id } } }`)).order.lines[0].id;
    const cancel = `orderId: "${id}", reason: "sold out", lines: [{ orderLineId: "${lineId}", quantity: 1 }]`;
    await mutate('orderLinesCancel', cancel, 'order { id }');
    await invoiced();
    const [invoice, credit, ...others] = await invoicesOf(id);
    expect(credit).toMatchObject({
      type: 'CREDIT_NOTE',
      creditedInvoiceNumber: invoice?.number,
      number: 'CN-00001',
      total: { gross: { amount: '10.00' } },
      lines: [{ kind: 'GOODS', quantity: 1 }],
    });
    expect(others).toEqual([]);
    await mutate('orderCancel', `orderId: "${id}", reason: "changed my mind"`, 'order { id }');
    await invoiced();
    const amounts = (await invoicesOf(id)).map(({ total }) => total.gross.amount);
    expect(amounts).toEqual(['34.90', '10.00', '24.90']);
  });

  test('issues nothing for unpaid orders, and no credit note while money is being given back', async () => {
    const policy = (capturePolicy: 'AUTOMATIC' | 'MANUAL') =>
      shop.process.services.setOrderSettings(shop.staff, { defaultCurrency: 'EUR', capturePolicy, numberPrefix: '' });
    await policy('MANUAL');
    const held = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
    await policy('AUTOMATIC');
    const paid = await shop.order([{ ...shop.offer(5), quantity: 2 }]);
    await invoiced();
    expect(await invoicesOf(held.id)).toEqual([]);
    shop.payments.interference.fail(RefundPayment.name, 'DOWN');
    await mutate('orderCancel', `orderId: "${paid.id}", reason: "too late"`, 'order { id }');
    await job.run();
    const postponed = await shop.admin.query('select from orders.invoice_due where retry_at > now()');
    expect(postponed.rowCount).toBe(1);
    expect(await invoicesOf(paid.id)).toHaveLength(1);
    shop.payments.interference.recover();
    await shop.restart();
    await invoiced();
    expect((await invoicesOf(paid.id)).map(({ total }) => total.gross.amount)).toEqual(['24.90', '24.90']);
  });
});

test('staff see the invoices of an order only with the scope of invoices', async () => {
  await configure(false);
  const { id, accessToken } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
  expect(await create(id)).toMatchObject({ userErrors: [] });
  const read = `{ order(id: "${id}", accessToken: "${accessToken}") { invoices { type } } }`;
  const invoicesFor = async (ctx: RequestContext) => (await shop.process.query(ctx, read)).order.invoices;
  const clerk = { ...shop.staff, actor: { ...shop.staff.actor, scopes: ['orders:read'] } } as RequestContext;
  expect(await invoicesFor(clerk)).toBeNull();
  expect(await invoicesFor(shop.staff)).toEqual([{ type: 'INVOICE' }]);
  expect(await invoicesFor(shop.shopper)).toEqual([{ type: 'INVOICE' }]);
});
