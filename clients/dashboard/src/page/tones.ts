import type { Tone } from '@souk/ui';

const TONES: Readonly<Record<string, Tone>> = {
  CONFIRMED: 'info',
  PLACED: 'info',
  COMPLETED: 'good',
  CANCELED: 'bad',
  EXPIRED: 'bad',
  PAID: 'good',
  CAPTURED: 'good',
  AUTHORIZED: 'info',
  PENDING: 'warn',
  PARTIALLY_PAID: 'warn',
  FAILED: 'bad',
  UNFULFILLED: 'warn',
  BACKORDERED: 'bad',
  PARTIALLY_FULFILLED: 'warn',
  FULFILLED: 'info',
  SHIPPED: 'info',
  PARTIALLY_DELIVERED: 'info',
  DELIVERED: 'good',
  PUBLISHED: 'good',
  ACTIVE: 'good',
  SCHEDULED: 'info',
  USED_UP: 'warn',
  REQUESTED: 'warn',
  APPROVED: 'info',
  RECEIVED: 'good',
  REJECTED: 'bad',
  RUNNING: 'info',
};

/** The color of a status. An unknown status is neutral. */
export function toneOf(status: string): Tone {
  return TONES[status] ?? 'neutral';
}
