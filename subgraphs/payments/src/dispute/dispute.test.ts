import { expect, test } from '@jest/globals';
import { money } from '@souk/kit/domain';
import fc from 'fast-check';
import { followDispute, type Dispute, type ReportedDispute } from './dispute.ts';

const IDS = { id: 'dispute', paymentId: 'payment' };
const NOW = new Date('2026-01-01T00:00:00Z');
const reportOf = (values: Partial<ReportedDispute> = {}): ReportedDispute => ({
  reference: 'du_1',
  paymentId: 'payment',
  status: 'NEEDS_RESPONSE',
  amount: money(1_000, 'EUR'),
  withdrawn: true,
  reason: 'fraudulent',
  dueAt: new Date('2026-01-08T00:00:00Z'),
  ...values,
});
const LOST = reportOf({ status: 'LOST' });
const WON = reportOf({ status: 'WON', withdrawn: false });

test('a dispute opens with the money that the provider took', () => {
  expect(followDispute(null, IDS, reportOf(), NOW)).toMatchObject({
    change: 'OPENED',
    dispute: { status: 'NEEDS_RESPONSE', withdrawn: money(1_000, 'EUR'), closedAt: null },
    movement: { kind: 'WITHDRAWAL', amount: money(1_000, 'EUR') },
  });
});

test('an inquiry takes no money', () => {
  const inquiry = reportOf({ status: 'INQUIRY', withdrawn: false });
  expect(followDispute(null, IDS, inquiry, NOW)).toMatchObject({ change: 'OPENED', movement: null });
});

test('the money comes back when the shop wins, and stays away when it loses', () => {
  const open = followDispute(null, IDS, reportOf(), NOW)?.dispute ?? null;
  const reinstatement = { kind: 'REINSTATEMENT', amount: money(1_000, 'EUR') };
  expect(followDispute(open, IDS, WON, NOW)).toMatchObject({ change: 'WON', movement: reinstatement });
  expect(followDispute(open, IDS, LOST, NOW)).toMatchObject({ change: 'LOST', movement: null });
});

test('the movements are the withdrawn money, after any reports in any order', () => {
  const reports = fc.array(
    fc.record({
      status: fc.constantFrom(
        'INQUIRY' as const,
        'NEEDS_RESPONSE' as const,
        'UNDER_REVIEW' as const,
        'WON' as const,
        'LOST' as const,
      ),
      withdrawn: fc.boolean(),
      amount: fc.integer({ min: 1, max: 5_000 }).map((minor) => money(minor, 'EUR')),
    }),
  );
  fc.assert(
    fc.property(reports, (all) => {
      let known: Dispute | null = null;
      let balance = 0;
      let wasClosed = false;
      for (const values of all) {
        const followed: ReturnType<typeof followDispute> = followDispute(known, IDS, reportOf(values), NOW);
        const { kind, amount } = followed?.movement ?? { kind: null, amount: money(0, 'EUR') };
        balance += kind === 'REINSTATEMENT' ? -amount.amountMinor : amount.amountMinor;
        known = followed?.dispute ?? known;
        expect(balance).toBe(known?.withdrawn.amountMinor ?? 0);
        if (wasClosed) expect(known?.closedAt).toEqual(NOW);
        wasClosed ||= known?.closedAt !== null;
        if (known) expect(followDispute(known, IDS, reportOf(values), NOW)).toBeNull();
      }
    }),
  );
});
