import { logIds, systemContext, type RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, type CommandClient } from '@souk/kit/contracts';
import { decimalAmount } from '@souk/kit/domain';
import type { DueRow } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import { DescribeOrder } from '@souk/orders/contract';
import type { AccountsUnitOfWork } from '../database.ts';
import { composeInvitation } from '../invitation/invitation-mail.ts';
import { issueInvitationToken } from '../invitation/invitation.repository.ts';
import { ownTenant } from '../tenant/tenant.repository.ts';
import { MailError, type Mail, type MailTransport } from './mail.ts';
import { outcomeOf, type Attempt, type ClaimedMessage } from './message.ts';
import { claimMessage, recordOutcome } from './message.repository.ts';
import { renderMessage } from './render-message.ts';

/** The parts that the job needs. */
export interface MessageSenderDependencies {
  readonly unitOfWork: AccountsUnitOfWork;
  readonly commands: CommandClient;
  readonly logger: Logger;
  readonly publicUrl: () => string | null;
  /** Null when neither SMTP nor a folder is configured. Messages then wait. */
  readonly transport: MailTransport | null;
  /** The address in `From`. */
  readonly mailFrom: string;
}

const BATCH = 20;

/** Sends the queued messages of all tenants, each once. */
export class MessageSenderJob implements RecurringJob {
  readonly name = 'accounts.message-sender';
  readonly everyMs = 1000;
  readonly #dependencies: MessageSenderDependencies;
  #hasWarned = false;

  constructor(dependencies: MessageSenderDependencies) {
    this.#dependencies = dependencies;
  }

  async run(): Promise<void> {
    const { unitOfWork, transport, logger } = this.#dependencies;
    if (!transport) {
      if (!this.#hasWarned) logger.warn('no mail server is configured: messages wait until SMTP_URL is set');
      this.#hasWarned = true;
      return;
    }
    const due = await unitOfWork.due('due_messages', BATCH);
    await Promise.all(due.map((row) => this.#deliver(row, transport)));
  }

  /** Delivers one message. An error must not stop the delivery of other messages. */
  async #deliver({ tenantId, id }: DueRow, transport: MailTransport): Promise<void> {
    const { unitOfWork, logger } = this.#dependencies;
    const ctx = systemContext(tenantId, this.name, id);
    try {
      // The claim is durable before the mail leaves, so a crash cannot cause a second mail.
      const message = await unitOfWork.run(ctx, (tx) => claimMessage(tx, id));
      if (!message) return;
      const { attempt, recipient } = await this.#attempt(ctx, message, transport);
      const outcome = outcomeOf(attempt, message.attempts);
      await unitOfWork.run(ctx, (tx) => recordOutcome(tx, message, outcome, recipient));
      if (outcome.state !== 'SENT')
        logger.warn({ ...logIds(ctx), messageId: id, ...outcome }, 'message not sent; staff see it in `messages`');
    } catch (error) {
      logger.warn({ ...logIds(ctx), error, messageId: id }, 'message not processed, it fails when its attempt ends');
    }
  }

  async #attempt(ctx: RequestContext, message: ClaimedMessage, transport: MailTransport) {
    const composed = await this.#compose(ctx, message);
    if ('kind' in composed) return { attempt: composed, recipient: null };
    return { attempt: await attemptOf(transport, composed), recipient: composed.to };
  }

  /** The mail, or the reason why there is none. */
  async #compose(ctx: RequestContext, message: ClaimedMessage): Promise<Mail | Attempt> {
    const { commands, publicUrl, mailFrom, unitOfWork } = this.#dependencies;
    const { id, template, referenceId } = message;
    const baseUrl = publicUrl();
    if (baseUrl === null)
      return { kind: 'NOT_SENT', problem: 'The address of the shop is not known: set SOUK_PUBLIC_URL' };
    const tenant = await unitOfWork.read(ctx, (tx) => ownTenant(tx));
    if (!tenant) return { kind: 'GIVEN_UP', problem: 'The tenant does not exist' };
    const from = { name: tenant.name, address: mailFrom };
    if (template === 'USER_INVITED') {
      const invitation = await unitOfWork.run(ctx, (tx) => issueInvitationToken(tx, referenceId));
      if (!invitation) return { kind: 'GIVEN_UP', problem: 'The invitation was accepted or revoked' };
      return { id, from, ...composeInvitation(invitation, message.locale, { shop: tenant.name, baseUrl }) };
    }
    try {
      const { order } = await commands.send(ctx, DescribeOrder, { orderId: referenceId });
      if (!order) return { kind: 'GIVEN_UP', problem: 'The order does not exist' };
      const url = `${baseUrl}/store/orders/${referenceId}#access=${order.accessToken}`;
      const total = `${decimalAmount(order.total)} ${order.total.currency}`;
      const values = { shop: tenant.name, url, named: { number: order.number, total } };
      return { id, from, to: order.email, ...renderMessage(template, order.locale, values) };
    } catch (error) {
      if (error instanceof CommandUnavailableError) return { kind: 'NOT_SENT', problem: error.message };
      throw error;
    }
  }
}

async function attemptOf(transport: MailTransport, mail: Mail): Promise<Attempt> {
  try {
    await transport.send(mail);
    return { kind: 'SENT' };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const { failure, message } = error;
    if (failure === 'NOT_SENT') return { kind: 'NOT_SENT', problem: message };
    const note = failure === 'UNKNOWN' ? 'The mail may have been sent: ' : '';
    return { kind: 'GIVEN_UP', problem: `${note}${message}` };
  }
}
