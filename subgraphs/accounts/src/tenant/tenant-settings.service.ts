import type { InferEntity } from '@mikro-orm/postgresql';
import { requireScope, type RequestContext } from '@souk/kit/context';
import { changeable, ok, type Failure, type NotFound, type Result, type VersionConflict } from '@souk/kit/domain';
import { mutate, type IdempotencyFailure, type MutationInput } from '@souk/kit/persistence';
import { TenantRead, TenantWrite } from '../contract.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { TenantEntity } from './tenant.entity.ts';
import { tenantChanged } from './tenant.events.ts';
import { changeTenantSettings, type TenantSettings, type TenantSettingsChange } from './tenant-settings.ts';
import { ownTenantHosts, ownTenantSettings, type TenantSettingsRow } from './tenant-settings.repository.ts';

export interface TenantUpdate extends MutationInput, TenantSettingsChange {
  readonly expectedVersion?: number | null | undefined;
}

export type TenantUpdateRefusal = Failure<'INVALID_INPUT'> | NotFound | VersionConflict | IdempotencyFailure;

/**
 * Reads and changes the settings of the caller's own tenant. No method takes a tenant id, so a caller cannot access
 * another tenant.
 */
export class TenantSettingsService {
  readonly #unitOfWork: AccountsUnitOfWork;

  constructor(unitOfWork: AccountsUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** The brand, which everyone may see. Null when the tenant does not exist. */
  async brand(ctx: RequestContext): Promise<Pick<TenantSettingsRow, 'name' | 'brand_name' | 'brand_color'> | null> {
    return this.#unitOfWork.read(ctx, ownTenantSettings);
  }

  /** @throws AccessDeniedError without `tenant:read` */
  settings(ctx: RequestContext): Promise<TenantSettingsRow | null> {
    requireScope(ctx, TenantRead);
    return this.#unitOfWork.read(ctx, ownTenantSettings);
  }

  /** @throws AccessDeniedError without `tenant:read` */
  hosts(ctx: RequestContext): Promise<string[]> {
    requireScope(ctx, TenantRead);
    return this.#unitOfWork.read(ctx, ownTenantHosts);
  }

  /** Changes the settings. @throws AccessDeniedError without `tenant:write` */
  update(ctx: RequestContext, input: TenantUpdate): Promise<Result<void, TenantUpdateRefusal>> {
    const mutation = { scope: TenantWrite, operation: 'tenantUpdate', input };
    return mutate(this.#unitOfWork, ctx, mutation, (tx) => update(tx, input));
  }
}

async function update(tx: AccountsTransaction, input: TenantUpdate): Promise<Result<void, TenantUpdateRefusal>> {
  const { idempotencyKey: _key, expectedVersion: _version, ...change } = input;
  const found = changeable(await tx.em.findOne(TenantEntity, { id: tx.tenantId }), input, 'shop');
  if (!found.ok) return found;
  const decided = changeTenantSettings(settingsOf(found.value), change);
  if (!decided.ok) return decided;
  const tenant = Object.assign(found.value, decided.value, { locales: [...decided.value.locales] });
  const { id, slug, name, defaultLocale } = tenant;
  const unchanged = { defaultCurrency: tenant.defaultCurrency ?? null, countryCode: tenant.countryCode ?? null };
  const hosts = await ownTenantHosts(tx);
  tx.outbox.append(tenantChanged({ id, slug, name, hosts, defaultLocale, ...unchanged }, 'UPDATED'));
  return ok(undefined);
}

function settingsOf(tenant: InferEntity<typeof TenantEntity>): TenantSettings {
  const { name, locales, timeZone } = tenant;
  return {
    name,
    brandName: tenant.brandName ?? null,
    brandColor: tenant.brandColor ?? null,
    mailSenderName: tenant.mailSenderName ?? null,
    defaultLocale: tenant.defaultLocale ?? null,
    locales,
    timeZone,
  };
}
