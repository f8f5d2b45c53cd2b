import type { Result } from '@souk/kit/domain';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { ProviderSecret } from '../account/provider-secret.ts';
import type { SavedCard, SetupState } from './saved-method.ts';

/**
 * The reply of a provider. After an error the outcome is unknown, and the caller may repeat the request. The error is a
 * text for the log.
 */
export type VaultReply<Value> = Promise<Result<Value, string>>;

/** A confirmation of an attempt by the server. */
export interface SetupConfirmation {
  readonly setupId: string;
  /** The provider's reference for the attempt. */
  readonly reference: string;
  /** The provider's token for a card or account. */
  readonly token: string;
  /**
   * URL to which the provider sends the customer after an action on its own pages. Null when the client shows the
   * action itself.
   */
  readonly returnUrl: string | null;
}

/** Stores the payment methods of customers at one provider. Every call may be repeated with the same ids. */
export interface MethodVault {
  /** Registers the customer at the provider. @returns the provider's reference */
  customer(
    secret: ProviderSecret,
    customer: { readonly tenantId: string; readonly customerId: string },
  ): VaultReply<string>;
  /** Begins an attempt to save a method for later payments without the customer. @returns the provider's reference */
  begin(
    secret: ProviderSecret,
    attempt: { readonly setupId: string; readonly customer: string; readonly redirects: boolean },
  ): VaultReply<string>;
  /** Tries to save the method of a token. A declined attempt can no longer succeed. */
  confirm(secret: ProviderSecret, confirmation: SetupConfirmation): VaultReply<SetupState>;
  /** The present state of an attempt. @param byToken see `MethodSetup` */
  state(
    secret: ProviderSecret,
    attempt: { readonly reference: string; readonly byToken: boolean },
  ): VaultReply<SetupState>;
  /** The cards of a customer, by the reference of their method. */
  cards(secret: ProviderSecret, customer: string): VaultReply<ReadonlyMap<string, SavedCard>>;
  /** Makes a method unusable. An unknown method counts as removed. */
  remove(secret: ProviderSecret, method: string): VaultReply<void>;
}

/** The vault of each provider, by provider name. A provider that cannot save payment methods has no vault. */
export type MethodVaults = Partial<Readonly<Record<PaymentProviderName, MethodVault>>>;
