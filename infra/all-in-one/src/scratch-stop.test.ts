import { test } from '@jest/globals';
import { tmpdir } from 'node:os';
import { createLogger } from '@souk/kit/runtime';
import { startSouk } from './souk.ts';
import { graphqlClient } from './testing/graphql-client.ts';
import { furnishShop } from './testing/test-shop.ts';
import { openEstate } from './testing/test-souk.ts';
test('stop', async () => {
  for (let i = 0; i < 25; i++) {
    const estate = await openEstate();
    const souk = await startSouk({ databaseUrl: (r) => estate.database.url(r), secrets: estate.secrets, logger: createLogger({ level: 'silent' }), defaultTenantId: null, mediaDirectory: tmpdir() });
    const url = await souk.gateway.listen({ host: '127.0.0.1', port: 0 });
    const client = graphqlClient(url);
    const shop = await furnishShop(souk.subgraphs, await estate.database.connect());
    await shop.offer({ north: 1, south: 0 });
    await client.data('{ products(first: 1) { nodes { name variants(first: 1) { nodes { sku availability { inStock } } } } } }');
    const t = performance.now();
    const slow = async (name: string, p: Promise<unknown>) => { const timer = setTimeout(() => console.log(i, name, 'hangs'), 3000); await p; clearTimeout(timer); if (performance.now() - t > 1000) console.log(i, name, performance.now() - t); };
    await slow('gateway', souk.gateway.close());
    await Promise.all(souk.subgraphs.all.map((s) => slow(s.name, s.stop())));
    await slow('drop', estate.database.drop());
  }
}, 200_000);
