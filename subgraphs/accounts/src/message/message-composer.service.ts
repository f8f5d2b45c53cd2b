import type { RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, type CommandClient } from '@souk/kit/contracts';
import { decimalAmount, type Clock } from '@souk/kit/domain';
import { DescribeOrder } from '@souk/orders/contract';
import { isOpen, linkToken, linkUrl } from '../account-link/account-link.ts';
import { linkById } from '../account-link/account-link.repository.ts';
import type { AccountsUnitOfWork } from '../database.ts';
import { ownTenant } from '../tenant/tenant.repository.ts';
import type { Mail } from './mail.ts';
import { isAboutAccount, type Attempt, type ClaimedMessage } from './message.ts';
import { renderMessage, type MessageValues } from './render-message.ts';

/** The parts that the composer needs. */
export interface MessageComposerDependencies {
  readonly unitOfWork: AccountsUnitOfWork;
  readonly commands: CommandClient;
  readonly clock: Clock;
  readonly publicUrl: () => string | null;
  /** The address in `From`. */
  readonly mailFrom: string;
  /** Derives the tokens of links. */
  readonly linkSecret: string;
}

/** The recipient, the language and the values of a message, or the reason why there is no mail. */
type Facts = (Omit<MessageValues, 'shop'> & { readonly to: string; readonly locale: string }) | Attempt;

/** Composes mails from the facts that messages tell. The facts are read for each attempt. */
export class MessageComposer {
  readonly #dependencies: MessageComposerDependencies;

  constructor(dependencies: MessageComposerDependencies) {
    this.#dependencies = dependencies;
  }

  /** The mail, or the reason why there is none. */
  async compose(ctx: RequestContext, message: ClaimedMessage): Promise<Mail | Attempt> {
    const { publicUrl, mailFrom, unitOfWork } = this.#dependencies;
    const baseUrl = publicUrl();
    if (baseUrl === null)
      return { kind: 'NOT_SENT', problem: 'The address of the shop is not known: set SOUK_PUBLIC_URL' };
    const tenant = await unitOfWork.read(ctx, (tx) => ownTenant(tx));
    if (!tenant) return { kind: 'GIVEN_UP', problem: 'The tenant does not exist' };
    const about = isAboutAccount(message.template) ? this.#link : this.#order;
    const facts = await about.call(this, ctx, message, baseUrl);
    if ('kind' in facts) return facts;
    const { to, locale, ...values } = facts;
    const from = { name: tenant.name, address: mailFrom };
    return { id: message.id, from, to, ...renderMessage(message.template, locale, { ...values, shop: tenant.name }) };
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
    const { unitOfWork, clock, linkSecret } = this.#dependencies;
    const { referenceId, recipient, locale } = message;
    const link = await unitOfWork.read(ctx, (tx) => linkById(tx, referenceId));
    if (!link || !isOpen(link, clock.now()))
      return { kind: 'GIVEN_UP', problem: 'The link was used or has expired before the mail could be sent' };
    const url = linkUrl(baseUrl, link.purpose, linkToken(linkSecret, ctx.tenantId, link.id));
    return { to: recipient ?? link.email, locale: locale ?? ctx.locale, url, named: {} };
  }
}
