import type { RequestContext } from '@souk/kit/context';
import type { Money } from '@souk/kit/domain';

/** What a provider answered. Only an answer is final: after UNAVAILABLE nobody knows, and the same key is asked again. */
export type ProviderAnswer = ProviderOutcome | { readonly kind: 'UNAVAILABLE'; readonly message: string };

export type ProviderOutcome =
  | {
      readonly kind: 'APPROVED';
      /** The provider's own name for what it did. */
      readonly reference: string;
    }
  | {
      readonly kind: 'DECLINED';
      /** Lower snake case, for instance `card_declined`. */
      readonly declineCode: string;
    };

/** An authorization that a later step is about. */
interface AuthorizationOf {
  /** The idempotency key that it was, or would have been, made with. */
  readonly authorizationKey: string;
  /** The provider's name for it; null when its answer never reached us. */
  readonly authorizationReference: string | null;
}

interface Step {
  /** The same key again answers the same outcome and moves nothing again. */
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
 * Moves money. Called outside of any transaction of ours. It is the arbiter between steps that race: of a void and a
 * capture one is declined. A void of an authorization that it has not seen yet is approved, and that authorization is
 * declined when it arrives: so a void never leaves money held, wherever we crashed.
 */
export interface PaymentProvider {
  authorize(ctx: RequestContext, request: AuthorizeRequest): Promise<ProviderAnswer>;
  capture(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer>;
  void(ctx: RequestContext, request: VoidRequest): Promise<ProviderAnswer>;
  refund(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer>;
}
