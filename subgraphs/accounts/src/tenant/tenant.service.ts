import { randomUUID } from 'node:crypto';
import { systemContext, type RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { AccountsUnitOfWork } from '../database.ts';
import type { TenantPlan } from './tenant-plan.ts';
import {
  addTenant,
  claimTenantName,
  findTenantById,
  findTenantByName,
  ownTenant,
  setTenantPlan,
  type TenantName,
  type TenantRecord,
} from './tenant.repository.ts';

export interface NewTenant {
  /** The id of the tenant, for data that already refers to it. @default a new UUID */
  readonly id?: string;
  /** Lower case letters, digits and dashes. Unique on the platform. */
  readonly slug: string;
  readonly name: string;
  /** The host names of the tenant, without a port. A host name is unique on the platform. */
  readonly hosts: readonly string[];
  /** The plan. @default STARTER for a new tenant, and the present plan for an existing tenant */
  readonly plan?: TenantPlan;
}

/** Identifies a tenant in a request. The first of `id`, `slug` and `host` that is set is used. */
export interface GivenName {
  readonly id?: string | undefined;
  readonly slug?: string | undefined;
  /** The host name, without a port. */
  readonly host?: string | undefined;
}

/** Manages the tenants of the platform, and finds the tenant of a request. */
export class TenantService {
  readonly #unitOfWork: AccountsUnitOfWork;

  constructor(unitOfWork: AccountsUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  byId(id: string): Promise<TenantRecord | null> {
    return findTenantById(this.#unitOfWork, id);
  }

  bySlug(slug: string): Promise<TenantRecord | null> {
    return findTenantByName(this.#unitOfWork, { kind: 'SLUG', name: slug });
  }

  /** @param host the host name, without a port */
  byHost(host: string): Promise<TenantRecord | null> {
    return findTenantByName(this.#unitOfWork, { kind: 'HOST', name: host });
  }

  /** The tenant with the given id, slug or host. Null when none is given or no tenant matches. */
  async byName({ id, slug, host }: GivenName): Promise<TenantRecord | null> {
    if (id !== undefined) return this.byId(id);
    if (slug !== undefined) return this.bySlug(slug);
    return host === undefined ? null : this.byHost(host);
  }

  /** The tenant of the request. Null when it does not exist. */
  current(ctx: RequestContext): Promise<TenantRecord | null> {
    return this.#unitOfWork.read(ctx, ownTenant);
  }

  /**
   * Finds or creates the tenant with this slug, adds the hosts and sets the plan. An existing tenant keeps its name.
   * @throws Error when a host belongs to another tenant
   */
  async ensure(wanted: NewTenant): Promise<TenantRecord> {
    const { id = randomUUID(), slug, name, hosts } = wanted;
    const existing = await this.bySlug(slug);
    const plan = wanted.plan ?? existing?.plan ?? 'STARTER';
    const tenant = { ...(existing ?? { id, slug, name }), plan };
    const names: TenantName[] = hosts.map((host) => ({ kind: 'HOST', name: host }));
    const saved = await this.#save(tenant, existing ? names : [{ kind: 'SLUG', name: slug }, ...names], existing);
    if (saved.ok) return tenant;
    // Another caller has created the tenant with this slug concurrently.
    if (saved.error.code === 'SLUG_TAKEN') return this.ensure(wanted);
    throw new Error(saved.error.message);
  }

  #save(
    tenant: TenantRecord,
    names: readonly TenantName[],
    existing: TenantRecord | null,
  ): Promise<Result<void, Failure<'SLUG_TAKEN' | 'HOST_TAKEN'>>> {
    return this.#unitOfWork.run(systemContext(tenant.id, 'accounts.seed', tenant.id), async (tx) => {
      for (const name of names) {
        if (await claimTenantName(tx, name)) continue;
        return err(failure(`${name.kind}_TAKEN`, `${name.name} is the name of another tenant`));
      }
      if (!existing) await addTenant(tx, tenant);
      else if (existing.plan !== tenant.plan) await setTenantPlan(tx, tenant.plan);
      return ok(undefined);
    });
  }
}
