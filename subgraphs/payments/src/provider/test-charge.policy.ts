import type { Money } from '@souk/kit/domain';

/** A recorded charge of the test provider. */
export interface TestCharge {
  readonly idempotencyKey: string;
  readonly kind: 'AUTHORIZE' | 'CAPTURE' | 'VOID' | 'REFUND';
  readonly amountMinor: number;
  /** The reason of a decline. Null when the charge was approved. */
  readonly declineCode: string | null;
  readonly reference: string;
}

/** A requested charge at the test provider. */
export interface ChargeRequest {
  readonly idempotencyKey: string;
  readonly authorizationKey: string;
  readonly kind: TestCharge['kind'];
  readonly amount: Money | null;
  readonly token: string | null;
}

/** The decline codes by test token. Null approves the charge. Other tokens are declined with `invalid_token`. */
const TOKENS: Readonly<Record<string, string | null>> = {
  tok_visa: null,
  tok_slow: null,
  tok_declined: 'card_declined',
  tok_insufficient_funds: 'insufficient_funds',
};

/** The decline code of a charge. Null when the charge is approved. `history` contains the earlier charges of the same authorization. */
export function declineCodeOf(
  request: Pick<ChargeRequest, 'kind' | 'amount' | 'token'>,
  history: readonly TestCharge[],
): string | null {
  const approved = history.filter((charge) => charge.declineCode === null);
  const total = (kind: TestCharge['kind']) =>
    approved.filter((charge) => charge.kind === kind).reduce((sum, charge) => sum + charge.amountMinor, 0);
  const amountMinor = request.amount?.amountMinor ?? 0;
  const isVoided = approved.some((charge) => charge.kind === 'VOID');
  switch (request.kind) {
    case 'AUTHORIZE':
      return isVoided ? 'authorization_voided' : declineCodeOfToken(request.token);
    case 'CAPTURE':
      if (isVoided) return 'authorization_voided';
      return total('CAPTURE') + amountMinor > total('AUTHORIZE') ? 'amount_exceeds_authorization' : null;
    case 'VOID':
      return total('CAPTURE') > 0 ? 'already_captured' : null;
    case 'REFUND':
      return total('REFUND') + amountMinor > total('CAPTURE') ? 'amount_exceeds_capture' : null;
  }
}

function declineCodeOfToken(token: string | null): string | null {
  if (token === null || !Object.hasOwn(TOKENS, token)) return 'invalid_token';
  return TOKENS[token] ?? null;
}
