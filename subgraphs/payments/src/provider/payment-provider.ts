import type { RequestContext } from '@souk/kit/context';
import type { Money } from '@souk/kit/domain';
import type { PaymentAction } from '../contract.ts';

/**
 * The reply of a provider to a step. UNAVAILABLE: the outcome is unknown, and the call must be repeated with the same key. WAITING: the
 * provider has received the authorization, and its outcome is pending.
 */
export type ProviderAnswer =
  | ProviderOutcome
  | ProviderWait
  | { readonly kind: 'UNAVAILABLE'; readonly message: string };

/** A pending authorization. Only `authorize` and `retrieve` return it. */
export interface ProviderWait {
  readonly kind: 'WAITING';
  /** The provider's reference for the authorization. */
  readonly reference: string;
  /** The action that the buyer must take. Null when the provider decides without the buyer. */
  readonly action: PaymentAction | null;
}

export type ProviderOutcome =
  | {
      readonly kind: 'APPROVED';
      /** The provider's reference for the step. */
      readonly reference: string;
      /** Whether the provider captured the money with the authorization. Only for an authorization. @default false */
      readonly captured?: boolean;
      /** Whether the buyer may still pay on a page that the provider cannot close. Only for a void. @default false */
      readonly pageStaysOpen?: boolean;
    }
  | {
      readonly kind: 'DECLINED';
      /** The reason in lower snake case, for instance `card_declined`. */
      readonly declineCode: string;
    };

/** The authorization to which a capture, void or refund belongs. */
interface AuthorizationOf {
  /** Known even if the authorization never reached the provider. */
  readonly authorizationKey: string;
  /** The provider's reference for the authorization. Null when the provider never replied. */
  readonly authorizationReference: string | null;
}

interface Step {
  /** A second call with the same key returns the same outcome and does not move money again. */
  readonly idempotencyKey: string;
}

export interface AuthorizeRequest extends Step {
  readonly amount: Money;
  /**
   * The provider's token for a card or account. Null when a saved method pays, and when the buyer enters the payment method on the provider's
   * page.
   */
  readonly token: string | null;
  /** The provider's references of the saved method that pays. Null when no saved method pays. */
  readonly saved: { readonly customer: string; readonly method: string } | null;
  readonly orderId: string;
  /** The e-mail address of the buyer. Null when unknown. */
  readonly email: string | null;
  /**
   * The URL to which the provider redirects the buyer after an action on its own pages. Null when the client performs the action without a
   * redirect.
   */
  readonly returnUrl: string | null;
}

export interface AmountRequest extends Step, AuthorizationOf {
  readonly amount: Money;
}

export interface VoidRequest extends Step, AuthorizationOf {
  readonly orderId: string;
  /** The authorized amount. */
  readonly amount: Money;
}

export interface RetrieveRequest {
  /** The provider's reference for the authorization. */
  readonly reference: string;
  /** The idempotency key of the authorization. */
  readonly authorizationKey: string;
  /** The authorized amount. */
  readonly amount: Money;
}

/**
 * The port of a payment provider. It is called outside of database transactions. When a void and a capture run concurrently, the provider
 * declines one of the two. The provider approves the void of an authorization that has not arrived, and declines the authorization when it
 * arrives. A void therefore never leaves money held, whenever a process crashes. A void also refunds money that was captured with the
 * authorization. A provider that cannot close its payment page returns `pageStaysOpen`, and money that arrives later is refunded.
 */
export interface PaymentProvider {
  authorize(ctx: RequestContext, request: AuthorizeRequest): Promise<ProviderAnswer>;
  /** The current state of an authorization that was WAITING. After a DECLINED it can no longer succeed at the provider. */
  retrieve(ctx: RequestContext, request: RetrieveRequest): Promise<ProviderAnswer>;
  capture(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer>;
  void(ctx: RequestContext, request: VoidRequest): Promise<ProviderAnswer>;
  refund(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer>;
}
