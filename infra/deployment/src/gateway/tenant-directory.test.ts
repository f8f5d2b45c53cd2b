import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { tenantDirectory } from './tenant-directory.ts';

const TENANT = { id: 'acme', plan: 'PRO' };

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function accounts() {
  const tenantById = jest.fn(async (id: string) => (id === TENANT.id ? TENANT : null));
  const tenantBySlug = jest.fn(async (slug: string) => (slug === 'acme-supplies' ? TENANT : null));
  return { tenantById, tenantBySlug, tenantByHost: jest.fn(async () => TENANT) };
}

test('a tenant is requested once in ten seconds', async () => {
  const source = accounts();
  const directory = tenantDirectory(source, null);
  expect([await directory.exists('acme'), await directory.planOf?.('acme'), await directory.exists('other')]).toEqual([
    true,
    'PRO',
    false,
  ]);
  expect(source.tenantById.mock.calls).toEqual([['acme'], ['other']]);
  jest.advanceTimersByTime(10_001);
  source.tenantById.mockResolvedValueOnce({ ...TENANT, plan: 'BASIC' });
  expect(await directory.planOf?.('acme')).toBe('BASIC');
});

test('a slug is requested once in ten seconds', async () => {
  const source = accounts();
  const directory = tenantDirectory(source, null);
  const asked = ['acme-supplies', 'other', 'acme-supplies'];
  expect(await Promise.all(asked.map((slug) => directory.bySlug(slug)))).toEqual(['acme', null, 'acme']);
  expect(source.tenantBySlug.mock.calls).toEqual([['acme-supplies'], ['other']]);
});

test('a changed tenant is requested again, also by a name that was unknown before', async () => {
  const source = accounts();
  const directory = tenantDirectory(source, null);
  source.tenantBySlug.mockResolvedValueOnce(null);
  expect([await directory.bySlug('acme-supplies'), await directory.exists('acme')]).toEqual([null, true]);
  directory.forget({ tenantId: 'acme', slug: 'acme-supplies', hosts: ['acme.test'] });
  source.tenantById.mockResolvedValueOnce({ ...TENANT, plan: 'BASIC' });
  expect([await directory.bySlug('acme-supplies'), await directory.planOf?.('acme')]).toEqual(['acme', 'BASIC']);
});

test('the last answer of accounts is used while accounts fails or hangs', async () => {
  const source = accounts();
  const directory = tenantDirectory(source, null);
  await directory.exists('acme');
  jest.advanceTimersByTime(10_001);
  source.tenantById.mockRejectedValueOnce(new Error('away'));
  expect(await directory.planOf?.('acme')).toBe('PRO');
  jest.advanceTimersByTime(10_001);
  source.tenantById.mockReturnValueOnce(new Promise(() => undefined));
  const plan = directory.planOf?.('acme');
  await jest.advanceTimersByTimeAsync(250);
  expect(await plan).toBe('PRO');
});

test('a tenant without an answer is requested again after a failure', async () => {
  const source = accounts();
  const directory = tenantDirectory(source, null);
  source.tenantById.mockRejectedValueOnce(new Error('away'));
  await expect(directory.exists('acme')).rejects.toThrow('away');
  expect(await directory.exists('acme')).toBe(true);
});
