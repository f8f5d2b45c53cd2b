import { SettingsWrite } from '@souk/accounts/contract';
import type { RequestContext } from '@souk/kit/context';
import { err, expectVersion, ok, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type MutationInput } from '@souk/kit/persistence';
import type { OrdersUnitOfWork } from '../database.ts';
import { findReturnTerms, saveReturnTerms, type ReturnTerms } from './return-policy.repository.ts';

export interface PolicyInput extends MutationInput {
  readonly windowDays: number;
  readonly expectedVersion?: number | null;
}

/** Reads and changes the return policy of a tenant. */
export class ReturnPolicyService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  find(ctx: RequestContext): Promise<ReturnTerms> {
    return this.#unitOfWork.read(ctx, findReturnTerms);
  }

  /** @throws AccessDeniedError without the scope `settings:write` */
  set(ctx: RequestContext, input: PolicyInput): Promise<Result<ReturnTerms, Failure>> {
    const mutation = { scope: SettingsWrite, operation: 'returnPolicySet', input } as const;
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<ReturnTerms, Failure>> => {
      const current = await findReturnTerms(tx);
      const expected = expectVersion(current.version, input.expectedVersion);
      return expected.ok ? ok(await saveReturnTerms(tx, input.windowDays)) : err(expected.error);
    });
  }
}
