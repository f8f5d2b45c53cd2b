import type { Authenticated } from './stripe-requests.ts';

/** Renders the HTML of the bank's authentication page, without scripts. */
export function authenticationPage(intent: Authenticated): string {
  const { id, status } = intent;
  const isOpen = status === 'requires_action';
  const buttons = ['approve', 'decline'].map(
    (answer) => `<form method="post" action="/authenticate/${id}/${answer}"><button>${answer}</button></form>`,
  );
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Authenticate a test payment</title></head>
  <body>
    <h1>Your bank (emulated)</h1>
    <p>${purposeOf(intent)} No money moves.</p>
    ${isOpen ? buttons.join('\n    ') : `<p>No authentication is needed any more: ${status}.</p>`}
  </body>
</html>
`;
}

function purposeOf(intent: Authenticated): string {
  if (intent.object === 'setup_intent') return 'A shop saves the card.';
  return `${intent.amount} of the smallest unit of ${intent.currency.toUpperCase()}.`;
}

/**
 * The URL to which Stripe redirects the buyer after an authentication (docs.stripe.com/payments/3d-secure). Null when
 * the shop's page shows the authentication itself.
 */
export function returnAddress(before: Authenticated, after: Authenticated): string | null {
  if (before.next_action?.type !== 'redirect_to_url') return null;
  const url = new URL(before.next_action.redirect_to_url.return_url);
  url.searchParams.set(after.object, after.id);
  url.searchParams.set(`${after.object}_client_secret`, after.client_secret);
  url.searchParams.set('redirect_status', after.status === 'requires_payment_method' ? 'failed' : 'succeeded');
  return url.href;
}
