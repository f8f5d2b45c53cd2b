import { createHash } from 'node:crypto';
import { Kind, visit, type DocumentNode } from 'graphql';

/** The percentage of requests, 0 to 100, for which a label of `@override` is in effect. */
export type OverrideShares = Readonly<Record<string, number>>;

/** The distinct labels of `@override(from:, label:)` in a supergraph. */
export function overrideLabels(supergraph: DocumentNode): readonly string[] {
  const labels = new Set<string>();
  visit(supergraph, {
    Directive: ({ name, arguments: args = [] }) => {
      if (name.value !== 'join__field') return;
      const label = args.find((each) => each.name.value === 'overrideLabel')?.value;
      if (label?.kind === Kind.STRING) labels.add(label.value);
    },
  });
  return [...labels].sort();
}

/**
 * Decides which progressive overrides (`@override` with a label) are in effect for a request. Each request has a position from 0 to 100,
 * derived from its id. A label is in effect when the position is below the label's share. Labels with equal shares are therefore in effect
 * for the same requests. A repeated request with the same id reaches the same subgraphs.
 */
export class ProgressiveOverrides {
  /** Labels without a share. Such a label is never in effect. */
  readonly undecided: readonly string[];
  readonly #shares: readonly (readonly [label: string, share: number])[];

  /**
   * @param shares the percentage of requests for each label. These shares take precedence over the percentage in a
   * label such as `percent(25)`.
   */
  constructor(labels: readonly string[], shares: OverrideShares = {}) {
    const shareOf = (label: string) => (Object.hasOwn(shares, label) ? shares[label] : percentageOf(label));
    this.#shares = labels.map((label) => [label, shareOf(label) ?? 0] as const);
    this.undecided = labels.filter((label) => shareOf(label) === undefined);
  }

  /** The labels that are in effect for the request. Subgraphs with `@override` and one of these labels answer the overridden fields. */
  heldFor(requestId: string): readonly string[] {
    if (this.#shares.length === 0) return NONE;
    const position = positionOf(requestId);
    return this.#shares.flatMap(([label, share]) => (position < share ? [label] : []));
  }
}

const NONE: readonly string[] = [];

function percentageOf(label: string): number | undefined {
  const [, percentage] = /^percent\((\d+(?:\.\d+)?)\)$/.exec(label) ?? [];
  return percentage === undefined ? undefined : Number(percentage);
}

function positionOf(requestId: string): number {
  return (createHash('sha256').update(requestId).digest().readUInt32BE() / 2 ** 32) * 100;
}
