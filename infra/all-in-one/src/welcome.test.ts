import { expect, test } from '@jest/globals';
import { painter } from '../bootstrap/steps.mjs';
import { welcome } from './welcome.ts';

const plain = painter({ write: () => undefined });

test('the box shows what is served and nothing else, in even lines', () => {
  const text = welcome(
    {
      url: 'http://127.0.0.1:4000',
      addresses: [
        { label: 'GraphQL', path: '/graphql' },
        { label: 'Health', path: '/health/ready' },
      ],
      logins: [{ tenant: 'demo', email: 'owner@demo.test', password: 'demo-owner-password' }],
    },
    3_240,
    plain,
  );
  expect(text.split('\n')).toEqual([
    '╭─────────────────────────────────────────────────────────╮',
    '│ Souk serves on http://127.0.0.1:4000 (started in 3.2 s) │',
    '│                                                         │',
    '│ GraphQL  http://127.0.0.1:4000/graphql                  │',
    '│ Health   http://127.0.0.1:4000/health/ready             │',
    '│                                                         │',
    '│ Demo logins                                             │',
    '│ demo     owner@demo.test  demo-owner-password           │',
    '╰─────────────────────────────────────────────────────────╯',
  ]);
});

test('without demo data there are no logins', () => {
  const served = { url: 'http://127.0.0.1:4000', addresses: [{ label: 'GraphQL', path: '/graphql' }], logins: [] };
  expect(welcome(served, 40, plain)).not.toContain('logins');
});
