import type { SubgraphDependencies } from '@souk/kit/runtime';
import type { AccountsDatabase } from '../database.ts';
import { EmailConfirmationResolver } from '../email-confirmation/email-confirmation.resolver.ts';
import { EmailConfirmationService } from '../email-confirmation/email-confirmation.service.ts';
import type { AccountsSettings } from '../manifest.ts';
import type { SessionService } from '../session/session.service.ts';
import { SignUpResolver } from './sign-up.resolver.ts';
import { SignUpService } from './sign-up.service.ts';

export const signUpResolvers = [SignUpResolver, EmailConfirmationResolver] as const;

/** Wires the feature that opens new shops and proves the addresses of their owners. */
export function createSignUps(
  { unitOfWork, clock, settings }: SubgraphDependencies<AccountsDatabase, AccountsSettings>,
  sessions: SessionService,
) {
  const confirmations = new EmailConfirmationService(unitOfWork, clock);
  const isOpen = settings.signUp !== 'off';
  const shopDomain = settings.shopDomain ?? null;
  const signUps = new SignUpService({ unitOfWork, sessions, confirmations, isOpen, shopDomain });
  return {
    resolvers: [new SignUpResolver(signUps), new EmailConfirmationResolver(confirmations)],
    confirmationMail: confirmations.mail,
  };
}
