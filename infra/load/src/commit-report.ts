import { medianIn, medianRatio, type CommitRound, type CommitRounds } from './commit-rounds.ts';
import { markdownTable } from './markdown-table.ts';

/** A scenario with its number of connections, and its rounds. */
export interface CommitRow {
  readonly name: string;
  readonly rounds: CommitRounds;
}

const togetherMs = ({ nodeMs, postgresMs }: CommitRound) => nodeMs + postgresMs;
const perSecond = (round: CommitRound) => round.perSecond;

/**
 * Formats the rounds as Markdown: a row for each scenario. Each cell has the value of the earlier commit and of the present one.
 * The ratios are above 1 when the present commit is better: more runs a second, or less processor time for each run.
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
