// `npm run bench:prices -- 2000 --rounds 8 --seconds 2 --only list,slug,checkout` measures a shop with no, one and ten
// applicable price lists.
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '@souk/launcher/bootstrap';
import { logIn } from './cluster-shop.ts';
import { medianIn, medianRatio, measureInTurns, type CommitRound } from './commit-rounds.ts';
import { fill, openShop, type Shop } from './commit-shops.ts';
import { graphqlClient } from './graphql-client.ts';
import { markdownTable } from './markdown-table.ts';
import { activate, addPriceLists } from './price-lists.ts';
import { SCENARIOS } from './scenarios.ts';

/** The numbers of price lists that apply to the buyer. */
const COUNTS = [0, 1, 10];

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '10' },
    only: { type: 'string', default: 'list,slug,checkout' },
  },
  allowPositionals: true,
});
const [products = '2000'] = positionals;
const pace = {
  connections: Number(values.connections),
  rounds: Number(values.rounds),
  roundMs: Number(values.seconds) * 1000,
};

const togetherMs = ({ nodeMs, postgresMs }: CommitRound) => nodeMs + postgresMs;

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-bench-'));
  console.log(`${products} products, ${cpus().length} cores (${cpus()[0]?.model}), load from the same machine`);
  try {
    const dataDir = join(folder, 'shop');
    await fill(ROOT, products, dataDir);
    const shop = await openShop('one shop', dataDir);
    try {
      await compare(shop);
    } finally {
      await shop.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(shop: Shop): Promise<void> {
  const staff = graphqlClient([shop.base], 1, await logIn(shop.base));
  const lists = await addPriceLists(staff, Math.max(...COUNTS));
  const states = COUNTS.map((count) => ({ ...shop, prepareRound: () => activate(staff, lists, count) }));
  console.log(`medians of ${pace.rounds} rounds of ${values.seconds} s, in turns; load ${loadavg()[0]?.toFixed(1)}\n`);
  for (const scenario of SCENARIOS.filter(({ id }) => values.only.split(',').includes(id))) {
    const measured = await measureInTurns(scenario, states, pace);
    const [none = []] = measured;
    const rows = measured.map((rounds, index) => [
      String(COUNTS[index]),
      medianIn(rounds, ({ perSecond }) => perSecond).toFixed(0),
      medianIn(rounds, ({ nodeMs }) => nodeMs).toFixed(2),
      medianIn(rounds, ({ postgresMs }) => postgresMs).toFixed(2),
      medianRatio(rounds, none, togetherMs).toFixed(2),
      medianRatio(rounds, measured[1] ?? none, togetherMs).toFixed(2),
    ]);
    console.log(`${scenario.name}, ${pace.connections} connections\n`);
    const head = ['lists that apply', 'runs/s', 'Node ms', 'Postgres ms', 'times no list', 'times one list'];
    console.log(`${markdownTable(head, rows)}\n`);
  }
  staff.close();
}

await main();
