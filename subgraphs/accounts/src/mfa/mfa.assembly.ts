import type { Clock } from '@souk/kit/domain';
import type { AccountsUnitOfWork } from '../database.ts';
import type { SessionService } from '../session/session.service.ts';
import { MfaCodes } from './mfa-codes.service.ts';
import type { MfaKeys } from '../mfa-factor/mfa-keys.ts';
import { MfaResolver } from './mfa.resolver.ts';
import { MfaService } from './mfa.service.ts';

export const mfaResolvers = [MfaResolver] as const;

/** Wires the feature of authenticator apps and recovery codes. */
export function createMfa(unitOfWork: AccountsUnitOfWork, sessions: SessionService, keys: MfaKeys, clock: Clock) {
  const codes = new MfaCodes(unitOfWork, keys, clock);
  return { resolvers: [new MfaResolver(new MfaService({ unitOfWork, sessions, keys, codes, clock }))] };
}
