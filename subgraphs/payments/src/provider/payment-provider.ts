import type { RequestContext } from '@souk/kit/context';
import type { Money } from '@souk/kit/domain';

/**
 * The answer of a provider. UNAVAILABLE is not final: the outcome is unknown, and the platform calls the provider again with the same key.
 */
export type ProviderAnswer = ProviderOutcome | { readonly kind: 'UNAVAILABLE'; readonly message: string };

export type ProviderOutcome =
  | {
      readonly kind: 'APPROVED';
      /** The provider's reference of the step. */
      readonly reference: string;
    }
  | {
      readonly kind: 'DECLINED';
      /** The reason in lower snake case, for instance `card_declined`. */
      readonly declineCode: string;
    };

/** The authorization to which a later step refers. */
interface AuthorizationOf {
  /** The idempotency key of the authorization. The key is known even when the authorization never reached the provider. */
  readonly authorizationKey: string;
  /** The provider's reference of the authorization. Null when no answer arrived. */
  readonly authorizationReference: string | null;
}

interface Step {
  /** The idempotency key. A second call with the same key returns the same outcome and moves no money again. */
  readonly idempotencyKey: string;
}

export interface AuthorizeRequest extends Step {
  readonly amount: Money;
  /** The provider's token for a card or account. */
  readonly token: string;
}

export interface AmountRequest extends Step, AuthorizationOf {
  readonly amount: Money;
}

export interface VoidRequest extends Step, AuthorizationOf {}

/**
 * Moves money. The methods are called outside of database transactions. The provider decides between concurrent steps: when a void and a
 * capture arrive, it declines one of them. The provider approves the void of an authorization that it has not received yet, and declines
 * the authorization when it arrives. So after a void no money is held, whenever a process may have crashed.
 */
export interface PaymentProvider {
  authorize(ctx: RequestContext, request: AuthorizeRequest): Promise<ProviderAnswer>;
  capture(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer>;
  void(ctx: RequestContext, request: VoidRequest): Promise<ProviderAnswer>;
  refund(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer>;
}
