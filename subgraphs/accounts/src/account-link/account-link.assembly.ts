import type { Clock } from '@souk/kit/domain';
import type { AccountsUnitOfWork } from '../database.ts';
import type { SessionService } from '../session/session.service.ts';
import { AccountLinkResolver } from './account-link.resolver.ts';
import { AccountLinkService } from './account-link.service.ts';
import { linkCleanUpJob } from './link-clean-up.job.ts';

export const accountLinkResolvers = [AccountLinkResolver] as const;

/** Wires the feature that opens accounts by links in mails. @param linkSecret the HMAC key of the links' tokens */
export function createAccountLinks(
  unitOfWork: AccountsUnitOfWork,
  sessions: SessionService,
  clock: Clock,
  linkSecret: string,
) {
  const links = new AccountLinkService({ unitOfWork, sessions, clock, linkSecret });
  return {
    resolvers: [new AccountLinkResolver(links)],
    describeLink: links.describe.bind(links),
    jobs: [linkCleanUpJob(unitOfWork)],
  };
}
