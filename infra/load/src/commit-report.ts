import { medianIn, medianRatio, type CommitRound, type CommitRounds } from './commit-rounds.ts';
import { markdownTable } from './markdown-table.ts';

/** The rounds of a scenario with one number of connections. */
export interface CommitRow {
  readonly name: string;
  readonly rounds: CommitRounds;
}

const togetherMs = ({ nodeMs, postgresMs }: CommitRound) => nodeMs + postgresMs;
const perSecond = (round: CommitRound) => round.perSecond;

/**
 * Formats the rounds as a Markdown table with a row per scenario. Each cell has the values of the earlier and of the
 * current commit. A ratio above 1 means that the current commit is better: more runs per second, or less CPU time per
 * run.
 */
export function commitTable(rows: readonly CommitRow[]): string {
  const head = ['', 'runs/s', 'times', 'p95 ms', 'Node ms', 'Postgres ms', 'together ms', 'times less'];
  return markdownTable(
    head,
    rows.map(({ name, rounds: [earlier = [], present = []] }) => {
      const both = (pick: (round: CommitRound) => number, digits: number) =>
        `${medianIn(earlier, pick).toFixed(digits)} → ${medianIn(present, pick).toFixed(digits)}`;
      return [
        name,
        both(perSecond, 0),
        medianRatio(present, earlier, perSecond).toFixed(2),
        both(({ p95 }) => p95, 1),
        both(({ nodeMs }) => nodeMs, 2),
        both(({ postgresMs }) => postgresMs, 2),
        both(togetherMs, 2),
        medianRatio(earlier, present, togetherMs).toFixed(2),
      ];
    }),
  );
}
