import type { RequestContext } from '@souk/kit/context';
import type { Money } from '@souk/kit/domain';

/** The answer of a provider. UNAVAILABLE is not final: the outcome is unknown, and the provider is called again with the same key. */
export type ProviderAnswer = ProviderOutcome | { readonly kind: 'UNAVAILABLE'; readonly message: string };

export type ProviderOutcome =
  | {
      readonly kind: 'APPROVED';
      /** The provider's reference of the step. */
      readonly reference: string;
    }
  | {
      readonly kind: 'DECLINED';
      /** Lower snake case, for instance `card_declined`. */
      readonly declineCode: string;
    };

/** The authorization that a later step refers to. */
interface AuthorizationOf {
  /** The idempotency key of the authorization. Known even when the authorization never reached the provider. */
  readonly authorizationKey: string;
  /** The provider's reference of the authorization. Null when no answer arrived. */
  readonly authorizationReference: string | null;
}

interface Step {
  /** The same key returns the same outcome and moves no money again. */
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
 * Moves money. Called outside of database transactions. The provider decides between concurrent steps: it declines a void or a capture when
 * both arrive. It approves the void of an authorization that it has not received yet, and declines that authorization when it arrives. So a
 * void never leaves money held, wherever a process crashed.
 */
export interface PaymentProvider {
  authorize(ctx: RequestContext, request: AuthorizeRequest): Promise<ProviderAnswer>;
  capture(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer>;
  void(ctx: RequestContext, request: VoidRequest): Promise<ProviderAnswer>;
  refund(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer>;
}
