import type { Page } from './hosted-books.ts';

/** The buyer's actions on the page. `cancel` leaves the page without a payment attempt. */
export const PAGE_ACTIONS = ['pay', 'fail', 'cancel'] as const;
export type PageAction = (typeof PAGE_ACTIONS)[number];

/** Renders the HTML of the vendor's payment page, without scripts. */
export function paymentPage(vendor: string, { code, amount, currency, status }: Page): string {
  const buttons = PAGE_ACTIONS.map(
    (action) => `<form method="post" action="/pay/${code}/${action}"><button>${action}</button></form>`,
  );
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Pay by ${vendor} (emulated)</title></head>
  <body>
    <h1>${vendor} (emulated)</h1>
    <p>${amount} ${currency}, in the unit of ${vendor}. No money moves.</p>
    ${status === 'PAID' ? '<p>This payment is paid.</p>' : buttons.join('\n    ')}
  </body>
</html>
`;
}
