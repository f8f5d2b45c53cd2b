import type { SetupOutcome } from './saved-method.service.ts';
import type { SavedMethod } from './saved-method.ts';
import type { PaymentMethodActionType, SavedPaymentMethodType } from './saved-method.types.ts';

export function presentMethod(method: SavedMethod): SavedPaymentMethodType {
  const { id, provider, createdAt } = method;
  return { id, provider, createdAt, method };
}

export function presentSetup({ setupId, method, wait }: SetupOutcome) {
  return { setupId, paymentMethod: method && presentMethod(method), nextAction: wait && presentAction(wait) };
}

function presentAction({ action }: NonNullable<SetupOutcome['wait']>): PaymentMethodActionType {
  switch (action?.kind) {
    case 'REDIRECT':
      return { kind: 'REDIRECT', url: action.url, clientSecret: null };
    case 'PROVIDER_LIBRARY':
      return { kind: 'PROVIDER_LIBRARY', url: null, clientSecret: action.clientSecret };
    case undefined:
      return { kind: 'WAIT', url: null, clientSecret: null };
  }
}
