import { randomUUID } from 'node:crypto';
import { systemContext, type RequestContext } from '@souk/kit/context';
import { canonicalLocale, err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import type { EmailConfirmationService } from '../email-confirmation/email-confirmation.service.ts';
import type { SessionService, SignedIn } from '../session/session.service.ts';
import { tenantChanged } from '../tenant/tenant.events.ts';
import { addTenant, claimTenantName, freeTenantNames, type TenantName } from '../tenant/tenant.repository.ts';
import { refusePassword, type CommonPassword } from '../user/password-policy.ts';
import { hashPassword } from '../user/password.ts';
import { addUser } from '../user/user.service.ts';
import { signUpOff, slugUnavailable, type SignUpOff, type SlugUnavailable } from './sign-up.errors.ts';
import { slugProblem, slugSuggestions } from './sign-up.ts';

/** The input for a new shop and its owner. */
export interface SignUp {
  readonly shopName: string;
  readonly slug: string;
  readonly ownerName: string;
  readonly email: string;
  readonly password: string;
  readonly defaultCurrency: string;
  /** BCP 47. */
  readonly defaultLocale: string;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
}

export type SignUpRefusal = SlugUnavailable | SignUpOff | CommonPassword | Failure<'INVALID_INPUT'>;

export interface SignUpDependencies {
  readonly unitOfWork: AccountsUnitOfWork;
  readonly sessions: Pick<SessionService, 'open'>;
  readonly confirmations: Pick<EmailConfirmationService, 'request'>;
  /** Whether the operator accepts new shops. */
  readonly isOpen: boolean;
  /**
   * The domain below which each new shop has the host name `<slug>.<domain>`. Null when new shops do not get a host
   * name.
   */
  readonly shopDomain: string | null;
}

/** Opens new shops. The caller is not logged in, and the tenant of the request is not the new shop. */
export class SignUpService {
  readonly #dependencies: SignUpDependencies;

  constructor(dependencies: SignUpDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Creates a shop on the smallest plan with its owner and defaults in one transaction, and logs the owner in. A mail asks the owner to
   * prove the e-mail address.
   */
  async signUp(ctx: RequestContext, wanted: SignUp): Promise<Result<SignedIn, SignUpRefusal>> {
    const { unitOfWork, sessions, isOpen } = this.#dependencies;
    if (!isOpen) return err(signUpOff());
    const locale = canonicalLocale(wanted.defaultLocale);
    if (locale === null)
      return err(
        failure('INVALID_INPUT', 'defaultLocale is not a BCP 47 tag, such as "en" or "de-AT"', ['defaultLocale']),
      );
    const problem = slugProblem(wanted.slug);
    if (problem) return this.#unavailable(wanted, problem === 'RESERVED' ? 'SLUG_RESERVED' : 'SLUG_INVALID');
    const refused = refusePassword(wanted.password, wanted.email);
    if (refused) return err(refused);
    if ((await freeTenantNames(unitOfWork, 'SLUG', [wanted.slug])).length === 0)
      return this.#unavailable(wanted, 'SLUG_TAKEN'); // before the hash, which is slow on purpose
    const passwordHash = await hashPassword(wanted.password); // outside of the transaction
    const tenantId = randomUUID();
    const within = { ...systemContext(tenantId, 'accounts.sign-up', ctx.correlationId), locale };
    const shop = { ...wanted, tenantId, passwordHash, defaultLocale: locale };
    const ownerId = await unitOfWork.run(within, (tx) => this.#open(tx, shop));
    if (ownerId === null) return this.#unavailable(wanted, 'SLUG_TAKEN');
    const signedIn = await sessions.open(ctx, ownerId, tenantId);
    if (!signedIn) throw new Error(`The owner of the new tenant ${tenantId} cannot log in`);
    return ok(signedIn);
  }

  /** @returns the id of the owner, or null when another shop has the slug or the host name */
  async #open(
    tx: AccountsTransaction,
    shop: SignUp & { readonly tenantId: string; readonly passwordHash: string },
  ): Promise<string | null> {
    const { slug, shopName: name, email, passwordHash, defaultCurrency, defaultLocale, countryCode, tenantId } = shop;
    const names = this.#namesOf(slug);
    // The names are claimed one after the other. Two sign-ups with the same names claim them in the same order, so they
    // cannot deadlock.
    for (const each of names) if (!(await claimTenantName(tx, each))) return null;
    const tenant = { id: tenantId, slug, name, plan: 'STARTER', defaultCurrency, defaultLocale, countryCode } as const;
    await addTenant(tx, tenant);
    const owner = await addUser(tx, { email, role: 'OWNER', name: shop.ownerName, passwordHash });
    await this.#dependencies.confirmations.request(tx, { id: owner.id, email, locale: defaultLocale });
    const hosts = names.filter(({ kind }) => kind === 'HOST').map((host) => host.name);
    tx.outbox.append(tenantChanged({ ...tenant, hosts }, 'CREATED'));
    return owner.id;
  }

  #namesOf(slug: string): readonly TenantName[] {
    const { shopDomain } = this.#dependencies;
    const host: TenantName[] = shopDomain === null ? [] : [{ kind: 'HOST', name: `${slug}.${shopDomain}` }];
    return [{ kind: 'SLUG', name: slug }, ...host];
  }

  async #unavailable(
    { slug, shopName }: SignUp,
    code: SlugUnavailable['code'],
  ): Promise<Result<never, SlugUnavailable>> {
    const similar = [...slugSuggestions(slug), ...slugSuggestions(shopName)];
    const [suggestion = null] = await freeTenantNames(this.#dependencies.unitOfWork, 'SLUG', similar);
    return err(slugUnavailable(code, suggestion));
  }
}
