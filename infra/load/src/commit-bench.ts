import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@souk/launcher/bootstrap';
import { checkOut } from '@souk/tools/compatibility';
import { requireEqualAnswers } from './commit-answers.ts';
import { commitTable, type CommitRow } from './commit-report.ts';
import { measureInTurns } from './commit-rounds.ts';
import { fillBoth, openShop, type Shop } from './commit-shops.ts';
import type { Scenario } from './scenarios.ts';

export interface CommitBenchOptions {
  /** The earlier commit: a hash, tag or branch. */
  readonly commit: string;
  readonly products: string;
  readonly scenarios: readonly Scenario[];
  /** The numbers of connections. Each scenario runs once with each number. */
  readonly connections: readonly number[];
  readonly rounds: number;
  readonly roundMs: number;
}

/** Builds an earlier commit, and compares its responses, speed and CPU time with the current tree. */
export async function benchAgainstCommit(options: CommitBenchOptions): Promise<void> {
  const { commit, products, rounds, roundMs } = options;
  const folder = await mkdtemp(join(tmpdir(), 'souk-bench-'));
  console.log(`${products} products, ${cpus().length} cores (${cpus()[0]?.model}), load from the same machine`);
  console.log(`building ${commit} ...`);
  const earlier = await checkOut(ROOT, commit);
  const shops: Shop[] = [];
  try {
    console.log('generating products ...');
    const [earlierData, presentData] = [join(folder, 'earlier'), join(folder, 'present')];
    await fillBoth(earlier.root, products, earlierData, presentData);
    shops.push(await openShop(commit, earlierData, earlier.root));
    shops.push(await openShop('the present tree', presentData));
    console.log(`medians of ${rounds} rounds of ${roundMs / 1000} s, in turns; load ${loadavg()[0]?.toFixed(1)}\n`);
    console.log(commitTable(await compare(shops, options)));
    console.log(`\nresident memory of Node: ${shops.map((shop) => `${shop.rssMiB().toFixed(0)} MiB`).join(' → ')}`);
  } finally {
    for (const shop of shops) await shop.stop();
    earlier.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(shops: readonly Shop[], options: CommitBenchOptions): Promise<readonly CommitRow[]> {
  const rows: CommitRow[] = [];
  for (const scenario of options.scenarios) {
    await requireEqualAnswers(scenario, shops);
    for (const connections of options.connections) {
      const measured = await measureInTurns(scenario, shops, { ...options, connections });
      rows.push({ name: `${scenario.name}, ${connections} connections`, rounds: measured });
    }
  }
  return rows;
}
