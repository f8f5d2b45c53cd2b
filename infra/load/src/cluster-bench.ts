import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSteps } from '@souk/launcher/steps';
import { StartFailure } from '@souk/launcher/start-failure';
import type { StartReport } from '@souk/deployment/start';
import { startAllInOne, startClusterOf, type Arrangement, type ClusterArrangement } from './cluster-arrangements.ts';
import { measureLoss } from './cluster-loss.ts';
import { afterwardsTable, costTable, deliveryTable, lossTable, speedTable } from './cluster-report.ts';
import { compareSides, warmUp, type ClusterPace, type SideResult } from './cluster-rounds.ts';
import { Side } from './cluster-side.ts';
import { eventsTable, measureEventRounds } from './events-suite.ts';

const OPTIONS = { quick: { type: 'boolean', default: false } } as const;

/** The pace of a full run: about five minutes, most of it under load. */
const FULL: ClusterPace = { connections: 10, rounds: 5, roundMs: 2500 };
/** The pace of a quick run, which only tests the benchmark. Its numbers are not precise. */
const QUICK: ClusterPace = { connections: 10, rounds: 1, roundMs: 1000 };
const EVENTS = { full: 50_000, quick: 10_000 };
/** The number of rounds after the killed processes were replaced. They are compared with the rounds before the kill. */
const AFTERWARDS = 2;

/** Functions that stop what was started. They run in reverse order. */
type StopList = (() => Promise<unknown>)[];

async function bench(isQuick: boolean, folder: string, steps: StartReport, stops: StopList): Promise<void> {
  const pace = isQuick ? QUICK : FULL;
  printTerms(pace, steps);
  const rates = await steps.step('Events, from the outbox to NATS', () =>
    measureEventRounds(isQuick ? EVENTS.quick : EVENTS.full, 1),
  );
  const started = <Kind extends Arrangement>(arrangement: Kind): Kind => {
    stops.push(() => arrangement.stop());
    return arrangement;
  };
  const allInOne = started(await steps.step('Starting the all-in-one', () => startAllInOne(join(folder, 'one'))));
  const single = started(await startClusterOf(1, join(folder, 'single'), steps));
  const double = started(await startClusterOf(2, join(folder, 'double'), steps));
  const results = await compare([allInOne, single, double], pace, steps);
  for (const each of [speedTable(results), deliveryTable(results), costTable(results)]) steps.say(`\n${each}`);
  steps.say(`\nMemory: ${results.map(({ name, residentMiB }) => `${name} ${residentMiB.toFixed(0)} MiB`).join(', ')}`);
  await lose(double, results.at(-1), pace, steps);
  steps.say(`\n${eventsTable(rates)}\n`);
}

async function compare(
  arrangements: readonly Arrangement[],
  pace: ClusterPace,
  steps: StartReport,
): Promise<readonly SideResult[]> {
  const sides: Side[] = [];
  try {
    for (const arrangement of arrangements) {
      await steps.step(`Warming up: ${arrangement.name}`, async () => {
        const side = await Side.open(arrangement, { bases: arrangement.bases, connections: pace.connections });
        sides.push(side);
        await warmUp(side, pace);
      });
    }
    return await compareSides(sides, pace, (round, name, work) =>
      steps.step(`Round ${round} of ${pace.rounds}: ${name}`, work),
    );
  } finally {
    for (const side of sides) await side.close();
  }
}

async function lose(
  arrangement: ClusterArrangement,
  before: SideResult | undefined,
  pace: ClusterPace,
  steps: StartReport,
): Promise<void> {
  const loss = await steps.step('Killing one of each', () => measureLoss(arrangement));
  const [afterwards] = await compare([arrangement], { ...pace, rounds: Math.min(AFTERWARDS, pace.rounds) }, steps);
  steps.say(`\n${lossTable(loss)}`);
  steps.say(`\nKilled: ${loss.killed.join(', ')}; all served again after ${loss.servingAgainMs.toFixed(0)} ms.`);
  steps.say(`Frames that came twice: ${loss.duplicates}. Failures:`);
  for (const [reason, times] of loss.reasons) steps.say(`- ${times} × ${reason}`);
  if (before && afterwards) steps.say(`\n${afterwardsTable(before, afterwards)}`);
}

function printTerms({ connections, rounds, roundMs }: ClusterPace, { say }: StartReport): void {
  const load = loadavg()[0]?.toFixed(1);
  say(
    `${cpus()[0]?.model}, ${cpus().length} cores, load average ${load}; Node ${process.version}, NODE_ENV=production`,
  );
  say(
    `medians of ${rounds} rounds of ${roundMs / 1000} s, in turns; ${connections} connections, to the gateways in turn`,
  );
  say('all three are up, each on its own Postgres (durable); only the measured one has load\n');
}

/** Makes `step` throw after SIGINT, SIGTERM or SIGHUP. `main` then stops everything that was started. */
function interruptible({ say, step }: StartReport): StartReport {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(1);
      asked = true;
    });
  }
  return {
    say,
    step: (label, work) => {
      if (asked) throw new StartFailure('The benchmark was interrupted.');
      return step(label, work);
    },
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const folder = await mkdtemp(join(tmpdir(), 'souk-bench-cluster-'));
  const steps = createSteps();
  const stops: StopList = [];
  try {
    await bench(values.quick, folder, interruptible(steps), stops);
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof StartFailure ? error.message : error);
  } finally {
    await steps.step('Stopping', async () => {
      for (const stop of stops.toReversed()) await stop();
    });
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
process.exit();
