// `npm run bench:prices -- 2000 --rounds 8 --seconds 2 --only list,slug,checkout` measures a shop with no, one and ten
// applicable price lists. `--only terms` measures a checkout without price lists, promotion and tax against
// a checkout with ten price lists, a promotion and a tax.
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '@souk/launcher/bootstrap';
import { logIn } from './cluster-shop.ts';
import { addTerms } from './checkout-terms.ts';
import { medianIn, medianRatio, measureInTurns, type CommitRound, type CommitRounds } from './commit-rounds.ts';
import { fill, openShop, type Shop } from './commit-shops.ts';
import { graphqlClient } from './graphql-client.ts';
import { markdownTable } from './markdown-table.ts';
import { activate, addPriceLists } from './price-lists.ts';
import { SCENARIOS } from './scenarios.ts';

/** A state of the shop. `lists`: the number of price lists that apply to the buyer. `terms`: whether a promotion and a tax apply. */
interface State {
  readonly name: string;
  readonly lists: number;
  readonly terms: boolean;
}

const LISTS: readonly State[] = [0, 1, 10].map((lists) => ({ name: `price lists: ${lists}`, lists, terms: true }));
const TERMS: readonly State[] = [
  { name: 'nothing', lists: 0, terms: false },
  { name: 'promotion, tax', lists: 0, terms: true },
  { name: 'promotion, tax, 10 price lists', lists: 10, terms: true },
];
/** The states of each scenario by its id. `terms` is the checkout. */
const STATES = { list: LISTS, slug: LISTS, checkout: LISTS, terms: TERMS } as const;
type Id = keyof typeof STATES;

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '10' },
    only: { type: 'string', default: 'list,slug,checkout,terms' },
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
  const lists = await addPriceLists(staff, 10);
  const setTerms = await addTerms(staff);
  console.log(`medians of ${pace.rounds} rounds of ${values.seconds} s, in turns; load ${loadavg()[0]?.toFixed(1)}\n`);
  for (const id of Object.keys(STATES).filter((each): each is Id => values.only.split(',').includes(each))) {
    const scenario = SCENARIOS.find((each) => each.id === (id === 'terms' ? 'checkout' : id));
    if (!scenario) throw new Error(`infra/load/src/scenarios.ts has no scenario "${id}". Correct STATES.`);
    const shops = STATES[id].map(({ lists: count, terms }) => ({
      ...shop,
      prepareRound: () => setTerms(terms).then(() => activate(staff, lists, count)),
    }));
    show(scenario.name, STATES[id], await measureInTurns(scenario, shops, pace));
  }
  staff.close();
}

function show(title: string, states: readonly State[], measured: CommitRounds): void {
  const [none = []] = measured;
  const rows = measured.map((rounds, index) => [
    states[index]?.name ?? '',
    medianIn(rounds, ({ perSecond }) => perSecond).toFixed(0),
    medianIn(rounds, ({ nodeMs }) => nodeMs).toFixed(2),
    medianIn(rounds, ({ postgresMs }) => postgresMs).toFixed(2),
    medianRatio(rounds, none, togetherMs).toFixed(2),
    medianRatio(rounds, measured[1] ?? none, togetherMs).toFixed(2),
  ]);
  console.log(`${title}, ${pace.connections} connections\n`);
  const head = ['that apply', 'runs/s', 'Node ms', 'Postgres ms', 'times the first', 'times the second'];
  console.log(`${markdownTable(head, rows)}\n`);
}

await main();
