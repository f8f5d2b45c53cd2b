import { randomUUID } from 'node:crypto';
import { systemContext, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import { err, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { CustomerAccountOpened } from '../contract.ts';
import { linkAccount } from '../customer/customer-account.repository.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import type { LinkFacts } from '../message/message-composer.service.ts';
import type { MessageTemplate } from '../message/message.ts';
import { queueMessage } from '../message/message.repository.ts';
import type { ChallengedLogin, SessionService, SignedIn } from '../session/session.service.ts';
import { hashPassword } from '../user/password.ts';
import { refusePassword, type CommonPassword } from '../user/password-policy.ts';
import { insertUser, setPassword, userByEmail, type UserRecord } from '../user/user.repository.ts';
import {
  countedSince,
  isOpen,
  linkExpiry,
  linkPath,
  linkToken,
  MOST_LINKS_PER_HOUR,
  type LinkPurpose,
  type StoredLink,
} from './account-link.ts';
import { addLink, countLinks, linkById, linkByToken, lockMailbox, useLinks } from './account-link.repository.ts';

/** Returned when a link is unknown, used or expired. */
export type LinkInvalid = Failure<'LINK_INVALID'>;

/** The token of a link, with the password that the shopper chose. */
export interface LinkUse {
  readonly token: string;
  readonly password: string;
}

export interface AccountLinkDependencies {
  readonly unitOfWork: AccountsUnitOfWork;
  readonly sessions: SessionService;
  readonly clock: Clock;
  /** The HMAC key from which the tokens of links are derived. */
  readonly linkSecret: string;
}

/** A link to create, and the mail that contains it. */
interface LinkPlan {
  readonly purpose: LinkPurpose;
  readonly name?: string;
  /** Chooses the mail. `user` is the user with the e-mail address, or null. No mail is sent when the result is null. */
  readonly template: (user: UserRecord | null) => MessageTemplate | null;
}

/** The work that a valid link allows. @returns the id of the user to log in, or null when there is no account to open */
type LinkWork = (tx: AccountsTransaction, link: StoredLink) => Promise<string | null>;

/**
 * Opens accounts of shoppers, resets their passwords, and logs them in, by links in mails.
 * An account is created only when the owner of the mailbox chooses the password. A stranger can therefore not prepare an account for the
 * address of another person.
 * Requests take the same time and return the same response whether or not an account exists. Only the mail differs.
 */
export class AccountLinkService {
  readonly #dependencies: AccountLinkDependencies;

  constructor(dependencies: AccountLinkDependencies) {
    this.#dependencies = dependencies;
  }

  /** Sends a link that opens an account. When the address already has an account, the mail states this and contains a link that logs in. */
  async register(ctx: RequestContext, { email, name }: { email: string; name?: string | null }): Promise<void> {
    await this.#send(ctx, email, (user) =>
      user
        ? { purpose: 'LOGIN', template: forShopper('ACCOUNT_EXISTS') }
        : { purpose: 'REGISTRATION', name: name ?? '', template: () => 'EMAIL_VERIFICATION' },
    );
  }

  /** Sends a shopper a link that resets the password. Sends nothing when the address has no account of a shopper. */
  async requestReset(ctx: RequestContext, email: string): Promise<void> {
    await this.#send(ctx, email, () => ({ purpose: 'PASSWORD_RESET', template: forShopper('PASSWORD_RESET') }));
  }

  /** Sends a shopper a link that logs in. Sends nothing when the address has no account of a shopper. */
  async requestLogin(ctx: RequestContext, email: string): Promise<void> {
    await this.#send(ctx, email, () => ({ purpose: 'LOGIN', template: forShopper('LOGIN_LINK') }));
  }

  /**
   * Opens the account of a link with the chosen password, and logs in. The account belongs to the customer with the e-mail address of the
   * link.
   */
  async verify(
    ctx: RequestContext,
    use: LinkUse,
  ): Promise<Result<SignedIn | ChallengedLogin, LinkInvalid | CommonPassword>> {
    return this.#openWithPassword(ctx, 'REGISTRATION', use, async (tx, { email, name }, passwordHash) => {
      if (await userByEmail(tx, email)) return null; // staff created an account meanwhile
      const userId = await insertUser(tx, { email, role: 'SHOPPER', passwordHash });
      const customerId = await linkAccount(tx, userId, { email, name });
      tx.outbox.append(eventOf(CustomerAccountOpened, customerId, { customerId, userId }));
      return userId;
    });
  }

  /** Changes the password of the link's account, ends all sessions of the account, and logs in. */
  async reset(
    ctx: RequestContext,
    use: LinkUse,
  ): Promise<Result<SignedIn | ChallengedLogin, LinkInvalid | CommonPassword>> {
    return this.#openWithPassword(ctx, 'PASSWORD_RESET', use, async (tx, link, passwordHash) => {
      const user = await shopperOf(tx, link);
      if (!user) return null;
      await setPassword(tx, user.id, passwordHash);
      await this.#dependencies.sessions.endAll(tx, user.id);
      return user.id;
    });
  }

  async login(ctx: RequestContext, token: string): Promise<Result<SignedIn | ChallengedLogin, LinkInvalid>> {
    return this.#open(ctx, 'LOGIN', token, async (tx, link) => (await shopperOf(tx, link))?.id ?? null);
  }

  /** The recipient and the path of a link, for its mail. Null when the link is unknown, used or expired. */
  async describe(ctx: RequestContext, id: string): Promise<LinkFacts | null> {
    const { unitOfWork, clock, linkSecret } = this.#dependencies;
    const link = await unitOfWork.read(ctx, (tx) => linkById(tx, id));
    if (!link || !isOpen(link, clock.now())) return null;
    return { email: link.email, path: linkPath(link.purpose, linkToken(linkSecret, ctx.tenantId, link.id)) };
  }

  /**
   * Every request stores a link, even when no mail is sent. The duration and the limit of links are therefore the same with and without an
   * account.
   */
  async #send(ctx: RequestContext, email: string, plan: (user: UserRecord | null) => LinkPlan): Promise<void> {
    const { unitOfWork, clock, linkSecret } = this.#dependencies;
    await unitOfWork.run(forPlatform(ctx), async (tx) => {
      await lockMailbox(tx, email);
      const [now, user] = [clock.now(), await userByEmail(tx, email)];
      if ((await countLinks(tx, email, countedSince(now))) >= MOST_LINKS_PER_HOUR) return;
      const { purpose, name = '', template } = plan(user);
      const id = randomUUID();
      const token = linkToken(linkSecret, tx.tenantId, id);
      addLink(tx, { id, purpose, token, email, name, createdAt: now, expiresAt: linkExpiry(purpose, now) });
      const chosen = template(user);
      if (chosen === null) return;
      const message = { fact: `account-link:${id}`, template: chosen, referenceId: id };
      queueMessage(tx, { ...message, recipient: user?.email ?? email, locale: ctx.locale });
    });
  }

  async #openWithPassword(
    ctx: RequestContext,
    purpose: LinkPurpose,
    { token, password }: LinkUse,
    work: (tx: AccountsTransaction, link: StoredLink, passwordHash: string) => Promise<string | null>,
  ): Promise<Result<SignedIn | ChallengedLogin, LinkInvalid | CommonPassword>> {
    const link = await this.#find(ctx, purpose, token);
    if (!link) return err(linkInvalid()); // before the hash, which is slow on purpose
    const refused = refusePassword(password, link.email);
    if (refused) return err(refused);
    const passwordHash = await hashPassword(password); // outside of the transaction
    return this.#open(ctx, purpose, token, (tx, locked) => work(tx, locked, passwordHash));
  }

  #find(ctx: RequestContext, purpose: LinkPurpose, token: string): Promise<StoredLink | null> {
    return this.#dependencies.unitOfWork.read(forPlatform(ctx), async (tx) => {
      const link = await linkByToken(tx, purpose, token);
      return link && isOpen(link, this.#dependencies.clock.now()) ? link : null;
    });
  }

  async #open(
    ctx: RequestContext,
    purpose: LinkPurpose,
    token: string,
    work: LinkWork,
  ): Promise<Result<SignedIn | ChallengedLogin, LinkInvalid>> {
    const { unitOfWork, clock, sessions } = this.#dependencies;
    const found = await this.#find(ctx, purpose, token);
    if (!found) return err(linkInvalid());
    const userId = await unitOfWork.run(forPlatform(ctx), async (tx) => {
      await lockMailbox(tx, found.email);
      // The link is read again under the lock, because another request may have used it since the first read.
      const link = await linkByToken(tx, purpose, token);
      if (!link || !isOpen(link, clock.now())) return null;
      await useLinks(tx, link.email, clock.now());
      return work(tx, link);
    });
    const login = userId === null ? null : await sessions.start(ctx, userId);
    return login ? ok(login) : err(linkInvalid());
  }
}

/** Sends the mail only to shoppers. A mail of the shop must not open an account of its staff. */
function forShopper(template: MessageTemplate): LinkPlan['template'] {
  return (user) => (user?.role === 'SHOPPER' ? template : null);
}

/** The shopper of a link. The link has proven the e-mail address, so the account is now connected to the customer with this address. */
async function shopperOf(tx: AccountsTransaction, { email }: StoredLink): Promise<UserRecord | null> {
  const user = await userByEmail(tx, email);
  if (user?.role !== 'SHOPPER') return null;
  await linkAccount(tx, user.id, { email: user.email, name: '' });
  return user;
}

/**
 * A context in which the platform acts, because the caller is not logged in. It keeps the locale, which decides the language of the mail.
 */
function forPlatform(ctx: RequestContext): RequestContext {
  return { ...systemContext(ctx.tenantId, 'accounts.account-link', ctx.correlationId), locale: ctx.locale };
}

function linkInvalid(): LinkInvalid {
  return failure('LINK_INVALID', 'The link was used or has expired: request a new one', ['token']);
}
