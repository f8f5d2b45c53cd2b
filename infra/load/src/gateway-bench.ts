import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GATEWAY_CASES } from './gateway-cases.ts';
import { measureCeiling } from './gateway-ceiling.ts';
import { freePort } from '@souk/platform/embedded-postgres';
import { contenders, installCompetitors } from './gateway-contenders.ts';
import { pinSelf } from './gateway-process.ts';
import { measureRest } from './gateway-rest.ts';
import type { Pace } from './gateway-rounds.ts';
import { measureGateways, type GatewaySuite } from './gateway-suite.ts';

/**
 * The CPU core of the gateway. On a machine with two cores, the load generator and the subgraphs share the other core.
 */
const GATEWAY_CORE = '0';
const LOAD_CORES = cpus().length > 2 ? `1-${cpus().length - 1}` : '1';

const OPTIONS = {
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '2' },
  connections: { type: 'string', default: '50' },
  /** The parts of the benchmark to run: `gateways`, `rest` or both. */
  parts: { type: 'string', default: 'gateways,rest' },
  only: { type: 'string', default: '' },
  cases: { type: 'string', default: '' },
  'cpu-prof': { type: 'string' },
} as const;

type Arguments = ReturnType<typeof parseArgs<{ readonly options: typeof OPTIONS }>>['values'];

const listOf = (text: string): readonly string[] => text.split(',').filter(Boolean);

function paceOf({ rounds, seconds, connections }: Arguments): Pace {
  const roundMs = Number(seconds) * 1000;
  return { connections: Number(connections), rounds: Number(rounds), roundMs, warmUpMs: roundMs * 1.5 };
}

function suiteOf(values: Arguments, folder: string): GatewaySuite {
  const [only, cases] = [listOf(values.only), listOf(values.cases)];
  return {
    contenders: contenders().filter(({ name }) => only.length === 0 || only.includes(name)),
    cases: GATEWAY_CASES.filter(({ id }) => cases.length === 0 || cases.includes(id)),
    profileTo: values['cpu-prof'] ?? null,
    gatewayCores: GATEWAY_CORE,
    loadCores: LOAD_CORES,
    folder,
    pace: paceOf(values),
  };
}

function printTerms({ connections, rounds, roundMs }: Pace): void {
  console.log(`${cpus()[0]?.model}, ${cpus().length} cores; Node ${process.version}, NODE_ENV=production`);
  console.log(
    `each server alone on core ${GATEWAY_CORE}; load and subgraphs on ${LOAD_CORES}; ${connections} connections`,
  );
  console.log(`medians of ${rounds} rounds of ${roundMs / 1000} s, in turns`);
  console.log('ratios: requests a second, and in parentheses processor time; above 1 is better\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const [parts, pace] = [listOf(values.parts), paceOf(values)];
  const folder = await mkdtemp(join(tmpdir(), 'souk-bench-gateway-'));
  if (parts.includes('gateways')) installCompetitors();
  pinSelf(LOAD_CORES);
  printTerms(pace);
  try {
    await measureCeiling(GATEWAY_CORE, pace);
    if (parts.includes('gateways')) {
      const suite = suiteOf(values, folder);
      for (const { name, description } of suite.contenders) console.log(`- ${name}: ${description}`);
      console.log('');
      await measureGateways(suite);
    }
    if (parts.includes('rest')) {
      await measureRest({ cores: GATEWAY_CORE, port: await freePort(), dataDir: join(folder, 'data'), pace });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
