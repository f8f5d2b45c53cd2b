import type { RequestContext } from '@souk/kit/context';
import type { Money } from '@souk/kit/domain';
import type { PaymentAction } from '../contract.ts';

/**
 * The answer of a provider to a step. UNAVAILABLE: the outcome is unknown, and the provider is called again with the same key. WAITING: the
 * provider has received the authorization and has no outcome yet.
 */
export type ProviderAnswer =
  | ProviderOutcome
  | ProviderWait
  | { readonly kind: 'UNAVAILABLE'; readonly message: string };

/** An authorization without an outcome. Only `authorize` and `retrieve` return it. */
export interface ProviderWait {
  readonly kind: 'WAITING';
  /** The provider's reference of the authorization. */
  readonly reference: string;
  /** The action that the buyer must take. Null: the provider decides without the buyer. */
  readonly action: PaymentAction | null;
}

export type ProviderOutcome =
  | {
      readonly kind: 'APPROVED';
      /** The provider's reference of the step. */
      readonly reference: string;
      /** Whether the provider took the money at once, as methods without an authorization do. Only for an authorization. @default false */
      readonly captured?: boolean;
      /** Whether the buyer may still pay on a page that the provider cannot close. Only for a void. @default false */
      readonly pageStaysOpen?: boolean;
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
  /** The provider's token for a card or account. Null: a saved method pays, or the page of the provider asks the buyer. */
  readonly token: string | null;
  /** The saved method that pays, by the provider's references. Null: none. */
  readonly saved: { readonly customer: string; readonly method: string } | null;
  readonly orderId: string;
  /** The e-mail address of the buyer. Null: unknown. */
  readonly email: string | null;
  /** URL to which the provider sends the buyer after an action on its own pages. Null: the client shows the action itself. */
  readonly returnUrl: string | null;
}

export interface AmountRequest extends Step, AuthorizationOf {
  readonly amount: Money;
}

export interface VoidRequest extends Step, AuthorizationOf {
  readonly orderId: string;
  /** The amount of the authorization. */
  readonly amount: Money;
}

export interface RetrieveRequest {
  /** The provider's reference of the authorization. */
  readonly reference: string;
  /** The idempotency key of the authorization. */
  readonly authorizationKey: string;
  /** The amount of the authorization. */
  readonly amount: Money;
}

/**
 * Moves money. Called outside of database transactions. The provider decides between concurrent steps: it declines a void or a capture when
 * both arrive. It approves the void of an authorization that it has not received yet, and declines that authorization when it arrives. So a
 * void never leaves money held, wherever a process crashed. A void also returns money that the provider took with the authorization. A
 * provider that cannot close the page of an authorization says so (`pageStaysOpen`): its late money is refunded.
 */
export interface PaymentProvider {
  authorize(ctx: RequestContext, request: AuthorizeRequest): Promise<ProviderAnswer>;
  /** The present state of an authorization that was WAITING. A declined authorization can no longer succeed at the provider. */
  retrieve(ctx: RequestContext, request: RetrieveRequest): Promise<ProviderAnswer>;
  capture(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer>;
  void(ctx: RequestContext, request: VoidRequest): Promise<ProviderAnswer>;
  refund(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer>;
}
