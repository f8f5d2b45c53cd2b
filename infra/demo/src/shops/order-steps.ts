import type { DemoOrderLine, DemoOrderOutcome, DemoOrderStep } from './demo.types.ts';

function returnOne(lines: readonly DemoOrderLine[]): DemoOrderStep {
  const one = lines.map((line) => ({ ...line, quantity: 1 }));
  return { kind: 'return', hoursLater: 30, lines: one, reason: 'DEFECTIVE', note: 'A seam is open' };
}

/** Returns the steps that lead to an outcome. @param number the order's number, which makes its tracking numbers unique */
export function stepsTo(outcome: DemoOrderOutcome, lines: readonly DemoOrderLine[], number: number): DemoOrderStep[] {
  const first = lines.slice(0, 1);
  const rest = lines.slice(1);
  const ship = (parcel: number): DemoOrderStep => ({
    kind: 'ship',
    hoursLater: 20,
    carrier: number % 3 === 0 ? 'DPD' : 'DHL',
    trackingNumber: `JD01${String(number * 10 + parcel).padStart(8, '0')}`,
  });
  const paid: DemoOrderStep[] = [
    { kind: 'authorize', hoursLater: 0 },
    { kind: 'capture', hoursLater: 0 },
  ];
  const pack: DemoOrderStep = { kind: 'fulfill', hoursLater: 6 };
  const deliver: DemoOrderStep = { kind: 'deliver', hoursLater: 44 };
  switch (outcome) {
    case 'authorized':
      return paid.slice(0, 1);
    case 'paid':
    case 'backordered':
      return paid;
    case 'partially fulfilled':
      return [...paid, { ...pack, lines: first }, ship(1)];
    case 'fulfilled':
      return [...paid, pack];
    case 'shipped':
      return [...paid, pack, ship(1)];
    case 'partially delivered':
      return [
        ...paid,
        { ...pack, lines: first },
        ship(1),
        deliver,
        returnOne(first),
        { ...pack, lines: rest },
        ship(2),
      ];
    case 'completed':
      return [...paid, pack, ship(1), deliver];
    case 'canceled and voided':
      return [...paid.slice(0, 1), { kind: 'cancel', hoursLater: 3, reason: 'Ordered twice by mistake' }];
    case 'canceled and refunded':
      return [...paid, { kind: 'cancel', hoursLater: 9, reason: 'The buyer no longer needs it' }];
    case 'partially refunded':
      return [
        ...paid,
        pack,
        ship(1),
        deliver,
        { kind: 'refund', hoursLater: 30, lines: first, reason: 'Arrived damaged' },
      ];
  }
}
