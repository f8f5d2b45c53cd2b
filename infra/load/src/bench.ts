import { parseArgs } from 'node:util';
import { benchAgainstBaseline } from './baseline-bench.ts';
import { benchAgainstCommit } from './commit-bench.ts';
import { SCENARIOS } from './scenarios.ts';

const OPTIONS = {
  /** An earlier commit to compare with. The default is the baseline, a plain Apollo gateway. */
  against: { type: 'string' },
  rounds: { type: 'string', default: '8' },
  seconds: { type: 'string', default: '2' },
  connections: { type: 'string', default: '10' },
  /** The ids of the scenarios to run, separated by commas. */
  only: { type: 'string', default: SCENARIOS.map(({ id }) => id).join() },
} as const;

const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
const [products = '10000'] = positionals;
if (values.against === undefined) await benchAgainstBaseline(products);
else {
  const only = values.only.split(',');
  await benchAgainstCommit({
    commit: values.against,
    products,
    scenarios: SCENARIOS.filter(({ id }) => only.includes(id)),
    connections: values.connections.split(',').map(Number),
    rounds: Number(values.rounds),
    roundMs: Number(values.seconds) * 1000,
  });
}
