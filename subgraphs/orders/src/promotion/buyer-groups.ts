import type { RequestContext } from '@souk/kit/context';

/** The ids of the customer groups of the caller. Callers without a login and staff belong to no group. */
export function groupsOf({ actor }: RequestContext): readonly string[] {
  return 'groups' in actor && Array.isArray(actor.groups) ? actor.groups : [];
}
