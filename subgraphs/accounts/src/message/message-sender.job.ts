import { logIds, systemContext, type RequestContext } from '@souk/kit/context';
import type { DueRow } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import type { AccountsUnitOfWork } from '../database.ts';
import { MailError, type Mail, type MailTransport } from './mail.ts';
import type { MessageComposer } from './message-composer.service.ts';
import { outcomeOf, type Attempt, type ClaimedMessage } from './message.ts';
import { claimMessage, recordOutcome } from './message.repository.ts';

/** The services that sending needs. */
export interface MessageSenderDependencies {
  readonly unitOfWork: AccountsUnitOfWork;
  readonly logger: Logger;
  /** Null when neither SMTP nor a folder is configured. Messages then stay queued. */
  readonly transport: MailTransport | null;
  readonly composer: MessageComposer;
}

const BATCH = 20;
/** How long a missing public URL is normal, in ms. A starting server does not know its URL yet. After this time the operator is warned. */
const STARTING_MS = 60_000;

/** Sends the queued messages of all tenants. No message is sent twice. */
export class MessageSenderJob implements RecurringJob {
  readonly name = 'accounts.message-sender';
  readonly everyMs = 1000;
  readonly #dependencies: MessageSenderDependencies;
  readonly #createdMs = performance.now();
  #hasWarned = false;

  constructor(dependencies: MessageSenderDependencies) {
    this.#dependencies = dependencies;
  }

  async run(): Promise<void> {
    const { unitOfWork, transport, composer } = this.#dependencies;
    if (!transport) return this.#warnOnce('no mail server is configured: messages wait until SMTP_URL is set');
    if (!composer.hasAddress) {
      if (performance.now() - this.#createdMs > STARTING_MS)
        this.#warnOnce('the address of the shop is not known: messages wait until SOUK_PUBLIC_URL is set');
      return;
    }
    const due = await unitOfWork.due('due_messages', BATCH);
    await Promise.all(due.map((row) => this.#deliver(row, transport)));
  }

  #warnOnce(problem: string): void {
    if (!this.#hasWarned) this.#dependencies.logger.warn(problem);
    this.#hasWarned = true;
  }

  /** Sends one message. An error is logged, because it must not stop the delivery of other messages. */
  async #deliver({ tenantId, id }: DueRow, transport: MailTransport): Promise<void> {
    const { unitOfWork, logger } = this.#dependencies;
    const ctx = systemContext(tenantId, this.name, id);
    try {
      // The claim is committed before the mail is sent, so a crash cannot cause a second mail.
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
    const composed = await this.#dependencies.composer.compose(ctx, message);
    if ('kind' in composed) return { attempt: composed, recipient: null };
    return { attempt: await attemptOf(transport, composed), recipient: composed.to };
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
