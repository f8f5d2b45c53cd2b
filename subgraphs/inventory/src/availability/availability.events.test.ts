import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { availabilityChanged, availabilityId } from './availability.events.ts';

const [demo, acme] = ['6f1e0a52-6b0e-4c39-9a53-4b6a1c7a2f01', '6f1e0a52-6b0e-4c39-9a53-4b6a1c7a2f02'];

test('the aggregate of a SKU is a UUID that depends only on the tenant and the SKU', () => {
  const id = availabilityId(demo, 'lamp');
  expect(z.uuid().parse(id)).toBe(availabilityId(demo, 'lamp'));
  expect(new Set([id, availabilityId(acme, 'lamp'), availabilityId(demo, 'Lamp')]).size).toBe(3);
});

test('each changed SKU gives one event', () => {
  expect(availabilityChanged(demo, [{ sku: 'lamp', available: 3 }])).toEqual([
    {
      subject: 'inventory.availability.changed',
      version: 1,
      aggregateId: availabilityId(demo, 'lamp'),
      payload: { sku: 'lamp', available: 3 },
    },
  ]);
});
