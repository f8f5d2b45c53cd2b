import type { Intent } from './stripe-objects.ts';

/** Renders the HTML of the bank's authentication page, without scripts. */
export function authenticationPage({ id, amount, currency, status }: Intent): string {
  const isOpen = status === 'requires_action';
  const buttons = ['approve', 'decline'].map(
    (answer) => `<form method="post" action="/authenticate/${id}/${answer}"><button>${answer}</button></form>`,
  );
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Authenticate a test payment</title></head>
  <body>
    <h1>Your bank (emulated)</h1>
    <p>${amount} of the smallest unit of ${currency.toUpperCase()}. No money moves.</p>
    ${isOpen ? buttons.join('\n    ') : `<p>This payment needs no authentication any more: ${status}.</p>`}
  </body>
</html>
`;
}

/**
 * The URL to which Stripe redirects the buyer after an authentication (docs.stripe.com/payments/3d-secure). Null when
 * the shop's page shows the authentication itself.
 */
export function returnAddress(before: Intent, after: Intent): string | null {
  if (before.next_action?.type !== 'redirect_to_url') return null;
  const url = new URL(before.next_action.redirect_to_url.return_url);
  url.searchParams.set('payment_intent', after.id);
  url.searchParams.set('payment_intent_client_secret', after.client_secret);
  url.searchParams.set('redirect_status', after.status === 'requires_payment_method' ? 'failed' : 'succeeded');
  return url.href;
}
