import type { SubgraphDependencies } from '@souk/kit/runtime';
import type { AccountsDatabase } from '../database.ts';
import type { AccountsSettings } from '../manifest.ts';
import type { MailTransport } from './mail.ts';
import { mailFolder } from './mail-folder.provider.ts';
import { MessageComposer, type MessageComposerDependencies } from './message-composer.service.ts';
import { MessageSenderJob } from './message-sender.job.ts';
import { MessageResolver } from './message.resolver.ts';
import { MessageService } from './message.service.ts';
import { orderMessages } from './order-message.subscriber.ts';
import { smtpTransport } from './smtp.provider.ts';

/** The default `From` address. Mail servers on the internet refuse mails from this domain. */
const DEFAULT_FROM = 'no-reply@souk.example';

export const messageResolvers = [MessageResolver] as const;

/** Wires the feature that queues, sends and lists messages. @param mails compose the mails about accounts and invitations */
export function createMessages(
  dependencies: SubgraphDependencies<AccountsDatabase, AccountsSettings>,
  mails: Pick<MessageComposerDependencies, 'describeLink' | 'invitationMail' | 'confirmationMail'>,
) {
  const { unitOfWork, clock, settings } = dependencies;
  const transport = transportOf(settings, () => clock.now());
  const mailFrom = settings.mailFrom ?? DEFAULT_FROM;
  const composer = new MessageComposer({ ...dependencies, ...mails, mailFrom });
  return {
    resolvers: [new MessageResolver(new MessageService(unitOfWork))],
    subscribers: [orderMessages(clock)],
    jobs: [new MessageSenderJob({ ...dependencies, transport, composer })],
  };
}

function transportOf(settings: AccountsSettings, now: () => Date): MailTransport | null {
  if (settings.smtpUrl !== undefined) return smtpTransport(settings.smtpUrl);
  return settings.mailFolder === undefined ? null : mailFolder(settings.mailFolder, now);
}
