import { expect, test } from '@jest/globals';
import { painter } from '@souk/launcher/steps';
import { welcome } from './welcome.ts';

const plain = painter({ write: () => undefined });

test('the box shows the served addresses, shops and logins in lines of equal width', () => {
  const text = welcome(
    {
      url: 'http://127.0.0.1:4000',
      addresses: [
        { label: 'GraphQL', path: '/graphql' },
        { label: 'Health', path: '/health/ready' },
      ],
      logins: [
        { tenant: 'demo', name: 'Souk Demo', host: 'demo.localhost', email: 'owner@demo.test', password: 'a password' },
        { tenant: 'acme', name: 'Acme', host: 'acme.localhost', email: 'a@acme.test', password: 'another' },
      ],
      corsOrigins: ['loopback', 'https://shop.example'],
    },
    3_240,
    plain,
  );
  expect(text.split('\n').map((line) => line.replace(/ +│$/, ' │'))).toEqual([
    expect.stringMatching(/^╭─+╮$/),
    '│ Souk serves on http://127.0.0.1:4000 (started in 3.2 s) │',
    '│ │',
    '│ GraphQL  http://127.0.0.1:4000/graphql │',
    '│ Health   http://127.0.0.1:4000/health/ready │',
    '│ │',
    '│ Demo shops, as X-Tenant-ID or by host │',
    '│ demo     Souk Demo  demo.localhost │',
    '│ acme     Acme       acme.localhost │',
    '│ │',
    '│ Demo logins │',
    '│ demo     owner@demo.test  a password │',
    '│ acme     a@acme.test      another │',
    '│ │',
    '│ CORS     pages of localhost on any port, https://shop.example; allow others with SOUK_CORS_ORIGINS │',
    expect.stringMatching(/^╰─+╯$/),
  ]);
  expect(new Set(text.split('\n').map(({ length }) => length)).size).toBe(1);
});

test('the box has no logins when there is no demo data', () => {
  const served = {
    url: 'http://127.0.0.1:4000',
    addresses: [{ label: 'GraphQL', path: '/graphql' }],
    logins: [],
    corsOrigins: [],
  };
  expect(welcome(served, 40, plain)).not.toContain('logins');
});
