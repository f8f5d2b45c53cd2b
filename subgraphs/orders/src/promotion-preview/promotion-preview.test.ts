import { describe, expect, test } from '@jest/globals';
import { configurePromotion, type PromotionDraft } from '../promotion/promotion-settings.ts';
import type { CandidatePromotion } from '../promotion/promotion.ts';
import { obstacleOf, withPreviewed } from './promotion-preview.ts';

const at = new Date('2030-01-01T10:00:00Z');
const FACTS = { at, uses: 0, usesByBuyer: 0, hasOrdered: false, customerGroupIds: [], channelId: null };

function settingsOf(draft: Partial<PromotionDraft> = {}) {
  const settings = configurePromotion({ name: 'Sale', action: { type: 'FREE_SHIPPING' }, ...draft });
  if (!settings.ok) throw new Error(JSON.stringify(settings.error));
  return settings.value;
}

test.each([
  [null, {}, {}],
  ['INACTIVE', { active: false }, {}],
  ['NOT_STARTED', { startsAt: new Date('2030-01-01T10:00:01Z') }, {}],
  [null, { startsAt: at }, {}],
  ['ENDED', { endsAt: at }, {}],
  ['USED_UP', { usageLimit: 2 }, { uses: 2 }],
  ['OTHER_GROUP', { customerGroupIds: ['a'] }, { customerGroupIds: ['b'] }],
  [null, { customerGroupIds: ['a', 'b'] }, { customerGroupIds: ['b'] }],
  ['OTHER_CHANNEL', { channelIds: ['a'] }, {}],
  ['OTHER_CHANNEL', { channelIds: ['a'] }, { channelId: 'b' }],
  [null, { channelIds: ['a', 'b'] }, { channelId: 'b' }],
  ['NOT_FIRST_ORDER', { firstOrderOnly: true }, { hasOrdered: true }],
  ['USED_BY_BUYER', { usageLimitPerBuyer: 1 }, { usesByBuyer: 1 }],
  ['USED_BY_BUYER', { firstOrderOnly: true }, { usesByBuyer: 1 }],
] as const)('%s: %j %j', (obstacle, draft, facts) => {
  expect(obstacleOf(settingsOf(draft), { ...FACTS, ...facts })).toBe(obstacle);
});

describe('the place of the previewed promotion', () => {
  const candidate = (id: string, priority: number, code: string | null = null): CandidatePromotion => ({
    ...settingsOf({ code }),
    id,
    priority,
    obstacle: null,
  });
  const others = [candidate('b', 1), candidate('c', 1), candidate('d', 2, 'CODE')];
  const ids = (list: readonly CandidatePromotion[]) => list.map(({ id }) => id).join('');

  test('a new promotion follows the others of its priority', () => {
    expect(ids(withPreviewed(others, candidate('a', 1), true))).toBe('bcad');
  });

  test('a stored promotion is replaced, and moves when its priority changed', () => {
    expect(ids(withPreviewed(others, candidate('c', 0), false))).toBe('cbd');
    expect(ids(withPreviewed(others, candidate('b', 1), false))).toBe('bcd');
  });

  test('a promotion with the same code cannot be saved, so it is not shown beside the previewed one', () => {
    expect(ids(withPreviewed(others, candidate('x', 0, 'CODE'), true))).toBe('xbc');
  });
});
