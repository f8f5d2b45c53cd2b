import { expect, test } from '@jest/globals';
import { decideMemberChange, type MemberChange, type MemberFacts } from './member.ts';

const owner = { id: 'owner', role: 'OWNER' } as const;
const clerk = { id: 'clerk', role: 'STAFF' } as const;
const byOwner: MemberFacts = { member: clerk, actorId: 'owner', otherOwners: 1, mayGrant: () => true };
const byManager: MemberFacts = { ...byOwner, actorId: 'manager', mayGrant: (role) => role !== 'OWNER' };
const ROLE_OWNER: MemberChange = { kind: 'ROLE', role: 'OWNER' };
const ROLE_STAFF: MemberChange = { kind: 'ROLE', role: 'STAFF' };

const codeOf = (change: MemberChange, facts: MemberFacts) => {
  const decided = decideMemberChange(change, facts);
  return decided.ok ? null : decided.error.code;
};

test('an owner may do everything with a member of the staff', () => {
  const changes: MemberChange[] = [ROLE_OWNER, ROLE_STAFF, { kind: 'DISABLE' }, { kind: 'ENABLE' }, { kind: 'REMOVE' }];
  expect(changes.map((change) => codeOf(change, byOwner))).toEqual([null, null, null, null, null]);
});

test('a caller grants no role with more rights than the caller has, and touches no member with more rights', () => {
  expect(codeOf(ROLE_OWNER, byManager)).toBe('ROLE_NOT_GRANTABLE');
  for (const kind of ['DISABLE', 'ENABLE', 'REMOVE', 'END_SESSIONS'] as const)
    expect(codeOf({ kind }, { ...byManager, member: owner })).toBe('ROLE_NOT_GRANTABLE');
  expect(codeOf(ROLE_STAFF, { ...byManager, member: owner })).toBe('ROLE_NOT_GRANTABLE');
});

test('the last owner keeps role and account', () => {
  const last: MemberFacts = { ...byOwner, member: owner, actorId: null, otherOwners: 0 };
  const changes: MemberChange[] = [ROLE_STAFF, { kind: 'DISABLE' }, { kind: 'REMOVE' }];
  expect(changes.map((change) => codeOf(change, last))).toEqual(['LAST_OWNER', 'LAST_OWNER', 'LAST_OWNER']);
  expect(codeOf(ROLE_OWNER, last)).toBeNull();
  expect(codeOf({ kind: 'END_SESSIONS' }, last)).toBeNull();
  expect(codeOf(ROLE_STAFF, { ...last, otherOwners: 1 })).toBeNull();
});

test('callers cannot disable or remove themselves', () => {
  const self: MemberFacts = { ...byOwner, member: owner };
  expect([codeOf({ kind: 'DISABLE' }, self), codeOf({ kind: 'REMOVE' }, self)]).toEqual(['OWN_ACCOUNT', 'OWN_ACCOUNT']);
});
