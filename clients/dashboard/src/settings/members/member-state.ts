import type { Tone } from '@souk/ui';
import type { ListedMember } from './use-member-change.ts';

/**
 * Whether a member can log in, is disabled by an owner, or is locked for minutes after failed logins.
 * @param now in milliseconds since 1970
 */
export function stateOf(
  { disabledAt, lockedUntil }: Pick<ListedMember, 'disabledAt' | 'lockedUntil'>,
  now: number,
): { readonly state: 'active' | 'disabled' | 'locked'; readonly tone: Tone } {
  if (disabledAt !== null) return { state: 'disabled', tone: 'neutral' };
  if (lockedUntil !== null && Date.parse(lockedUntil) > now) return { state: 'locked', tone: 'warn' };
  return { state: 'active', tone: 'good' };
}
