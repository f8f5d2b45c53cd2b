import { randomUUID } from 'node:crypto';
import { callingCustomer, customerIdOf, logIds, type RequestContext } from '@souk/kit/context';
import { err, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { checkIdempotencyKey, type MutationInput } from '@souk/kit/persistence';
import type { Logger } from '@souk/kit/runtime';
import type { PaymentAccountService } from '../account/payment-account.service.ts';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { ProviderSecret } from '../account/provider-secret.ts';
import type { PaymentsTransaction, PaymentsUnitOfWork } from '../database.ts';
import { fingerprintOf, idFrom } from '../payment/fingerprint.ts';
import { providerUnavailable, stepIdReused, type ProviderUnavailable } from '../payment/payment.errors.ts';
import {
  addSetup,
  attemptsSince,
  beginSetup,
  customerReferenceOf,
  endSetup,
  lockSetup,
  takeCustomerTurn,
} from './method-setup.repository.ts';
import type { MethodVault, MethodVaults } from './method-vault.ts';
import { methodDeclined, notSavable, onlyForCustomers, unknownMethod, unknownSetup } from './saved-method.errors.ts';
import { findMethod, methodsOf, removeMethod, removeMethodOf, saveMethod } from './saved-method.repository.ts';
import {
  countedSince,
  mayBegin,
  type MethodSetup,
  type SavedCard,
  type SavedMethod,
  type SetupState,
} from './saved-method.ts';

/** The input of `paymentMethodSave`. */
export interface MethodToSave extends MutationInput {
  readonly provider: PaymentProviderName;
  /**
   * The provider's token for a card or account. @default none, so the provider's library asks the customer for the
   * payment method
   */
  readonly token?: string | null;
  /** @default none, so the page of the shop shows the provider's action itself */
  readonly returnUrl?: string | null;
}

/** An attempt after a request: the saved method, or the wait for the customer. */
export interface SetupOutcome {
  readonly setupId: string;
  readonly method: SavedMethod | null;
  /** Null when the method is saved. */
  readonly wait: Extract<SetupState, { readonly kind: 'WAITING' }> | null;
}

type SetupResult = Result<SetupOutcome, Failure>;

/** An account whose provider saves methods. */
interface Vault {
  readonly secretName: string;
  readonly secret: ProviderSecret;
  readonly vault: MethodVault;
}

/**
 * Keeps the payment methods of customers at providers. Customers see, use and delete their own methods. The answer for the method of another
 * customer is the same as for an unknown method.
 */
export class SavedMethodService {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #accounts: Pick<PaymentAccountService, 'find'>;
  readonly #vaults: MethodVaults;
  readonly #clock: Clock;
  readonly #logger: Pick<Logger, 'warn'>;

  constructor(
    unitOfWork: PaymentsUnitOfWork,
    accounts: Pick<PaymentAccountService, 'find'>,
    vaults: MethodVaults,
    { clock, logger }: { readonly clock: Clock; readonly logger: Pick<Logger, 'warn'> },
  ) {
    this.#unitOfWork = unitOfWork;
    this.#accounts = accounts;
    this.#vaults = vaults;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** The methods of the customer who calls, the oldest first. Empty for other customers and callers. */
  async ofCustomer(ctx: RequestContext, customerId: string): Promise<readonly SavedMethod[]> {
    return customerIdOf(ctx) === customerId ? this.#unitOfWork.quickRead(ctx, (tx) => methodsOf(tx, customerId)) : [];
  }

  /**
   * The cards of a customer at a provider, by the reference of their method, as the provider describes them now. Empty
   * when the provider does not respond.
   */
  async cardsOf(
    ctx: RequestContext,
    { provider, customerReference }: Pick<SavedMethod, 'provider' | 'customerReference'>,
  ): Promise<ReadonlyMap<string, SavedCard>> {
    const found = await this.#vaultOf(ctx, provider);
    const cards = found && (await found.vault.cards(found.secret, customerReference));
    if (cards?.ok) return cards.value;
    this.#logger.warn({ ...logIds(ctx), provider, why: cards?.error }, 'cards of a customer not read');
    return new Map();
  }

  /**
   * Saves a method of the customer who calls. A repeated call with the same key continues the same attempt.
   * @throws AccessDeniedError for callers without a login
   */
  async save(ctx: RequestContext, input: MethodToSave): Promise<SetupResult> {
    const customerId = callingCustomer(ctx);
    if (customerId === null) return err(onlyForCustomers());
    const found = await this.#vaultOf(ctx, input.provider);
    if (!found) return err(notSavable(input.provider));
    const id = setupIdOf(ctx, customerId, input.idempotencyKey);
    if (!id.ok) return id;
    const wanted: MethodSetup = {
      id: id.value,
      customerId,
      provider: input.provider,
      secretName: found.secretName,
      byToken: Boolean(input.token),
      fingerprint: fingerprintOf('SAVE', input.provider, input.token ?? null),
      customerReference: null,
      reference: null,
      status: 'PENDING',
      declineCode: null,
      methodId: null,
    };
    const begun = await this.#unitOfWork.run(ctx, (tx) => this.#begin(tx, wanted));
    return begun.ok ? namedByToken(await this.#continue(ctx, found, begun.value, input)) : begun;
  }

  /** Sends an attempt to the provider, unless an earlier call has ended it. */
  async #continue(ctx: RequestContext, vault: Vault, setup: MethodSetup, input: MethodToSave): Promise<SetupResult> {
    if (setup.status !== 'PENDING') return this.#outcome(ctx, setup);
    const sent = await this.#send(ctx, vault, setup, input.returnUrl ?? null);
    return sent.ok ? this.#ask(ctx, vault, sent.value, input) : sent;
  }

  /** The outcome of an attempt of the customer who calls. @throws AccessDeniedError for callers without a login */
  async confirm(ctx: RequestContext, setupId: string): Promise<SetupResult> {
    const customerId = callingCustomer(ctx);
    const setup = await this.#unitOfWork.run(ctx, (tx) => lockSetup(tx, setupId));
    return setup && setup.customerId === customerId ? this.#state(ctx, setup) : err(unknownSetup());
  }

  /** Records what the provider reports about an attempt. */
  async follow(ctx: RequestContext, setupId: string): Promise<Result<void, ProviderUnavailable>> {
    const setup = await this.#unitOfWork.run(ctx, (tx) => lockSetup(tx, setupId));
    const followed = setup && (await this.#state(ctx, setup));
    return followed?.ok === false && followed.error.code === 'PROVIDER_UNAVAILABLE'
      ? err(providerUnavailable())
      : ok(undefined);
  }

  /** Forgets a method that the provider no longer keeps. */
  async forget(ctx: RequestContext, provider: PaymentProviderName, reference: string): Promise<void> {
    await this.#unitOfWork.run(ctx, (tx) => removeMethodOf(tx, provider, reference));
  }

  /** Deletes a method of the customer who calls, at the provider first. @throws AccessDeniedError for callers without a login */
  async delete(ctx: RequestContext, id: string): Promise<Result<string, Failure>> {
    const customerId = callingCustomer(ctx);
    const method = customerId && (await this.#unitOfWork.read(ctx, (tx) => findMethod(tx, customerId, id)));
    if (!method) return err(unknownMethod());
    const found = await this.#vaultOf(ctx, method.provider);
    const removed = found && (await found.vault.remove(found.secret, method.reference));
    if (!removed?.ok) return err(this.#unavailable(ctx, method.provider, removed?.error));
    await this.#unitOfWork.run(ctx, (tx) => removeMethod(tx, id));
    return ok(id);
  }

  /** The recorded attempt: a new attempt, or the attempt that an earlier call with the same key began. */
  async #begin(tx: PaymentsTransaction, wanted: MethodSetup): Promise<Result<MethodSetup, Failure>> {
    await takeCustomerTurn(tx, wanted.customerId);
    const known = await lockSetup(tx, wanted.id);
    if (known) return known.fingerprint === wanted.fingerprint ? ok(known) : err(stepIdReused());
    const now = this.#clock.now();
    const methods = await methodsOf(tx, wanted.customerId);
    const attempts = await attemptsSince(tx, wanted.customerId, countedSince(now));
    const allowed = mayBegin(methods.length, attempts, now);
    if (!allowed.ok) return allowed;
    await addSetup(tx, wanted, now);
    return ok({ ...wanted, customerReference: await customerReferenceOf(tx, wanted) });
  }

  /** Makes the customer and the attempt known to the provider. */
  async #send(
    ctx: RequestContext,
    { vault, secret }: Vault,
    setup: MethodSetup,
    returnUrl: string | null,
  ): Promise<Result<MethodSetup & { readonly reference: string }, Failure>> {
    const { id, customerId, provider, reference: known } = setup;
    if (known !== null) return ok({ ...setup, reference: known });
    const { tenantId } = ctx;
    const customer =
      setup.customerReference === null
        ? await vault.customer(secret, { tenantId, customerId })
        : ok(setup.customerReference);
    if (!customer.ok) return err(this.#unavailable(ctx, provider, customer.error));
    // Without a token, the provider's library in the shop's page asks the customer for the method, and may redirect the
    // customer.
    const redirects = returnUrl !== null || !setup.byToken;
    const reference = await vault.begin(secret, { setupId: id, customer: customer.value, redirects });
    if (!reference.ok) return err(this.#unavailable(ctx, provider, reference.error));
    const sent = { ...setup, customerReference: customer.value, reference: reference.value };
    await this.#unitOfWork.run(ctx, (tx) =>
      beginSetup(tx, setup, { customer: customer.value, reference: reference.value }),
    );
    return ok(sent);
  }

  /**
   * Confirms an attempt with its token. The provider returns the first response to a repeated confirmation, so the
   * state of a waiting attempt is queried again.
   */
  async #ask(
    ctx: RequestContext,
    { vault, secret }: Vault,
    setup: MethodSetup & { readonly reference: string },
    { token, returnUrl = null }: MethodToSave,
  ): Promise<SetupResult> {
    if (!token) return this.#state(ctx, setup);
    const { id: setupId, reference, provider } = setup;
    const asked = await vault.confirm(secret, { setupId, reference, token, returnUrl });
    if (!asked.ok) return err(this.#unavailable(ctx, provider, asked.error));
    return asked.value.kind === 'WAITING' ? this.#state(ctx, setup) : this.#record(ctx, setup, asked.value);
  }

  async #state(ctx: RequestContext, setup: MethodSetup): Promise<SetupResult> {
    if (setup.status !== 'PENDING') return this.#outcome(ctx, setup);
    const found = await this.#vaultOf(ctx, setup.provider);
    if (setup.reference === null || !found) return err(providerUnavailable());
    const asked = await found.vault.state(found.secret, { reference: setup.reference, byToken: setup.byToken });
    return asked.ok ? this.#record(ctx, setup, asked.value) : err(this.#unavailable(ctx, setup.provider, asked.error));
  }

  async #record(ctx: RequestContext, { id }: MethodSetup, state: SetupState): Promise<SetupResult> {
    if (state.kind === 'WAITING') return ok({ setupId: id, method: null, wait: state });
    const ended = await this.#unitOfWork.run(ctx, async (tx) => {
      const setup = await lockSetup(tx, id);
      if (setup?.status !== 'PENDING') return setup;
      const after = endOf(setup, state);
      const { customerId, provider, secretName, customerReference } = setup;
      const { methodId } = after;
      if (state.kind === 'SAVED' && methodId !== null && customerReference !== null)
        await saveMethod(tx, {
          id: methodId,
          customerId,
          provider,
          secretName,
          customerReference,
          reference: state.method,
        });
      await endSetup(tx, after);
      return after;
    });
    return ended ? this.#outcome(ctx, ended) : err(unknownSetup());
  }

  /** The outcome of an attempt that has ended. */
  async #outcome(ctx: RequestContext, { id, customerId, declineCode, methodId }: MethodSetup): Promise<SetupResult> {
    if (methodId === null) return err(methodDeclined(declineCode ?? 'setup_failed', 'setupId'));
    const method = await this.#unitOfWork.read(ctx, (tx) => findMethod(tx, customerId, methodId));
    return method ? ok({ setupId: id, method, wait: null }) : err(unknownMethod()); // deleted meanwhile
  }

  async #vaultOf(ctx: RequestContext, provider: PaymentProviderName): Promise<Vault | null> {
    const vault = this.#vaults[provider];
    const account = vault && (await this.#accounts.find(ctx, provider));
    if (!vault || !account?.secret) return null;
    return { vault, secret: account.secret, secretName: account.secret.name };
  }

  #unavailable(ctx: RequestContext, provider: PaymentProviderName, why: string | undefined): ProviderUnavailable {
    this.#logger.warn({ ...logIds(ctx), provider, why }, 'provider did not save or delete a payment method');
    return providerUnavailable();
  }
}

/** The result of `paymentMethodSave`, whose input has the declined method in `token`, and has no `setupId`. */
function namedByToken(result: SetupResult): SetupResult {
  const isDeclined = !result.ok && result.error.code === 'PAYMENT_DECLINED';
  return isDeclined ? err({ ...result.error, field: ['token'] }) : result;
}

function endOf(setup: MethodSetup, state: Exclude<SetupState, { readonly kind: 'WAITING' }>): MethodSetup {
  return state.kind === 'SAVED'
    ? { ...setup, status: 'SAVED', methodId: idFrom('saved method', setup.provider, state.method) }
    : { ...setup, status: 'FAILED', declineCode: state.declineCode };
}

/** The id of an attempt. The same key of the same customer identifies the same attempt. */
function setupIdOf(
  ctx: RequestContext,
  customerId: string,
  key: string | null | undefined,
): Result<string, Failure<'IDEMPOTENCY_KEY_INVALID'>> {
  if (key === null || key === undefined) return ok(randomUUID());
  const valid = checkIdempotencyKey(ctx, key);
  return valid.ok ? ok(idFrom('method setup', customerId, key)) : valid;
}
