/**
 * A script that replaces Stripe.js. Its form shows the values that the store passed. It has only the calls that the store uses. It refuses
 * to create a token before the form was submitted, as Stripe does (docs.stripe.com/js/confirmation_tokens/create_confirmation_token).
 * @param token the confirmation token that the form creates
 */
export function emulatedStripeJs(token: string): string {
  return `window.Stripe = (key) => ({
    _registerWrapper() {},
    elements: ({ mode, amount, currency }) => {
      let isSubmitted = false;
      if (mode !== 'payment' || !Number.isInteger(amount)) throw new Error('elements() takes a mode and an integer amount');
      return {
        isReady: () => isSubmitted,
        create: () => ({
          on: (event, then) => event === 'ready' && setTimeout(then),
          mount: (place) => { place.textContent = 'Form of ' + key + ' for ' + amount + ' ' + currency; },
          destroy() {},
        }),
        submit: async () => { isSubmitted = true; return {}; },
      };
    },
    createConfirmationToken: async ({ elements }) =>
      elements.isReady() ? { confirmationToken: { id: ${JSON.stringify(token)} } } : { error: { message: 'Call elements.submit() first' } },
  });`;
}
