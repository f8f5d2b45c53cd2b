import type { RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, type CommandClient } from '@souk/kit/contracts';
import { decimalAmount } from '@souk/kit/domain';
import { DescribeOrder } from '@souk/orders/contract';
import type { AccountsUnitOfWork } from '../database.ts';
import { ownTenantSettings } from '../tenant/tenant-settings.repository.ts';
import type { Mail } from './mail.ts';
import { isAboutAccount, type Attempt, type ClaimedMessage } from './message.ts';
import { renderMessage, type MessageValues } from './render-message.ts';

/** The recipient and the path of a link for an account. */
export interface LinkFacts {
  readonly email: string;
  /** The path of the page that the link opens, with the token. */
  readonly path: string;
}

/** Composes a mail whose link has a new token. Null when its link is no longer needed, such as that of an accepted invitation. */
export type InvitationMail = (
  ctx: RequestContext,
  message: ClaimedMessage,
  place: { readonly shop: string; readonly baseUrl: string },
) => Promise<Pick<Mail, 'to' | 'subject' | 'text' | 'html'> | null>;

/** The services and settings that composing a mail needs. */
export interface MessageComposerDependencies {
  readonly unitOfWork: AccountsUnitOfWork;
  readonly commands: CommandClient;
  readonly publicUrl: () => string | null;
  readonly mailFrom: string;
  /** Reads the link for an account. Null when the link is unknown, used or expired. */
  readonly describeLink: (ctx: RequestContext, linkId: string) => Promise<LinkFacts | null>;
  readonly invitationMail: InvitationMail;
  readonly confirmationMail: InvitationMail;
}

/** The recipient, the language and the values of a message. An `Attempt` is the reason why no mail can be composed. */
type Facts = (Omit<MessageValues, 'shop'> & { readonly to: string; readonly locale: string }) | Attempt;

/** Composes mails. A message stores only a reference, so the data of the order, link or invitation is read for each attempt. */
export class MessageComposer {
  readonly #dependencies: MessageComposerDependencies;

  constructor(dependencies: MessageComposerDependencies) {
    this.#dependencies = dependencies;
  }

  /** Whether the public URL of the shop is known. Every mail contains a link that begins with this URL. */
  get hasAddress(): boolean {
    return this.#dependencies.publicUrl() !== null;
  }

  /** Composes the mail of a message. Returns an `Attempt` with the reason when there is no mail to send. */
  async compose(ctx: RequestContext, message: ClaimedMessage): Promise<Mail | Attempt> {
    const { publicUrl, mailFrom, unitOfWork } = this.#dependencies;
    const baseUrl = publicUrl();
    if (baseUrl === null)
      return { kind: 'NOT_SENT', problem: 'The address of the shop is not known: set SOUK_PUBLIC_URL' };
    const tenant = await unitOfWork.read(ctx, (tx) => ownTenantSettings(tx));
    if (!tenant) return { kind: 'GIVEN_UP', problem: 'The tenant does not exist' };
    const from = { name: tenant.mail_sender_name ?? tenant.name, address: mailFrom };
    const withToken = this.#withToken(message);
    if (withToken) {
      const composed = await withToken.compose(ctx, message, { shop: tenant.name, baseUrl });
      return composed ? { id: message.id, from, ...composed } : { kind: 'GIVEN_UP', problem: withToken.problem };
    }
    const about = isAboutAccount(message.template) ? this.#link : this.#order;
    const facts = await about.call(this, ctx, message, baseUrl);
    if ('kind' in facts) return facts;
    const { to, locale, ...values } = facts;
    return { id: message.id, from, to, ...renderMessage(message.template, locale, { ...values, shop: tenant.name }) };
  }

  #withToken({ template }: ClaimedMessage): { readonly compose: InvitationMail; readonly problem: string } | null {
    const { invitationMail, confirmationMail } = this.#dependencies;
    if (template === 'USER_INVITED')
      return { compose: invitationMail, problem: 'The invitation was accepted or revoked' };
    if (template === 'EMAIL_CONFIRMATION')
      return { compose: confirmationMail, problem: 'The e-mail address was confirmed meanwhile' };
    return null;
  }

  async #order(ctx: RequestContext, { referenceId }: ClaimedMessage, baseUrl: string): Promise<Facts> {
    try {
      const { order } = await this.#dependencies.commands.send(ctx, DescribeOrder, { orderId: referenceId });
      if (!order) return { kind: 'GIVEN_UP', problem: 'The order does not exist' };
      const { email, locale, number } = order;
      const url = `${baseUrl}/store/orders/${referenceId}#access=${order.accessToken}`;
      const total = `${decimalAmount(order.total)} ${order.total.currency}`;
      return { to: email, locale, url, named: { number, total } };
    } catch (error) {
      if (error instanceof CommandUnavailableError) return { kind: 'NOT_SENT', problem: error.message };
      throw error;
    }
  }

  async #link(ctx: RequestContext, message: ClaimedMessage, baseUrl: string): Promise<Facts> {
    const { referenceId, recipient, locale } = message;
    const link = await this.#dependencies.describeLink(ctx, referenceId);
    if (!link) return { kind: 'GIVEN_UP', problem: 'The link was used or has expired before the mail could be sent' };
    const to = recipient ?? link.email;
    return { to, locale: locale ?? ctx.locale, url: `${baseUrl}${link.path}`, named: {} };
  }
}
