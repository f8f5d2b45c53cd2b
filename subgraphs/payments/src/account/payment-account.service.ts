import { SettingsWrite } from '@souk/accounts/contract';
import { requireScope, type RequestContext } from '@souk/kit/context';
import { err, expectVersion, failure, ok, type Failure, type Money, type Result } from '@souk/kit/domain';
import { mutate, type MutationInput } from '@souk/kit/persistence';
import type { PaymentsUnitOfWork } from '../database.ts';
import type { AccountSource, ConnectedAccount } from './account-source.ts';
import {
  limitsOf,
  offeredFor,
  type AccountSettings,
  type LimitDraft,
  type OfferedMethod,
  type PaymentAccount,
  type PaymentProviderName,
} from './payment-account.ts';
import { findAccounts, saveAccount } from './payment-account.repository.ts';
import { secretOf, type ProviderSecret } from './provider-secret.ts';

/** The account settings that staff entered. These settings replace all earlier settings. */
export interface AccountDraft extends MutationInput, Omit<AccountSettings, 'limits'> {
  readonly provider: PaymentProviderName;
  readonly limits: readonly LimitDraft[];
  readonly expectedVersion?: number | null;
}

/** Reads and changes the tenant's accounts at payment providers. */
export class PaymentAccountService implements AccountSource {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #secrets: readonly ProviderSecret[];

  constructor(unitOfWork: PaymentsUnitOfWork, secrets: readonly ProviderSecret[]) {
    this.#unitOfWork = unitOfWork;
    this.#secrets = secrets;
  }

  /** @throws AccessDeniedError without the scope `settings:write` */
  async list(ctx: RequestContext): Promise<PaymentAccount[]> {
    requireScope(ctx, SettingsWrite);
    return this.#unitOfWork.read(ctx, findAccounts);
  }

  /** Creates or replaces an account. @throws AccessDeniedError without the scope `settings:write` */
  set(ctx: RequestContext, draft: AccountDraft): Promise<Result<PaymentAccount, Failure>> {
    const mutation = { scope: SettingsWrite, operation: 'paymentAccountSet', input: draft };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<PaymentAccount, Failure>> => {
      const { provider, enabled, secretName, publishableKey, captureMethod } = draft;
      const limits = limitsOf(draft.limits);
      if (!limits.ok) return limits;
      if (provider !== 'TEST' && !this.#secretOf(tx.tenantId, secretName)) return err(unknownSecret(secretName));
      const present = (await findAccounts(tx)).find((account) => account.provider === provider);
      const expected = expectVersion(present?.version ?? 0, draft.expectedVersion);
      if (!expected.ok) return expected;
      const settings = { enabled, secretName, publishableKey, captureMethod, limits: limits.value };
      return ok(await saveAccount(tx, provider, settings));
    });
  }

  /** The providers with which a buyer can pay an amount. */
  async offered(ctx: RequestContext, amount: Money): Promise<readonly OfferedMethod[]> {
    return offeredFor(await this.#unitOfWork.read(ctx, findAccounts), amount);
  }

  async find(ctx: RequestContext, provider: PaymentProviderName): Promise<ConnectedAccount | null> {
    const accounts = await this.#unitOfWork.read(ctx, findAccounts);
    const account = accounts.find((each) => each.provider === provider);
    if (!account) return null;
    return { captureMethod: account.captureMethod, secret: this.#secretOf(ctx.tenantId, account.secretName) };
  }

  #secretOf(tenantId: string, name: string | null): ProviderSecret | null {
    return name === null ? null : secretOf(this.#secrets, { tenantId, name });
  }
}

function unknownSecret(name: string | null): Failure<'INVALID_INPUT'> {
  const message =
    name === null
      ? 'The account needs keys: give the name of one of the secrets that the operator of Souk has stored for this shop'
      : `The operator of Souk has stored no secret with the name "${name}" for this shop`;
  return failure('INVALID_INPUT', message, ['secretName']);
}
