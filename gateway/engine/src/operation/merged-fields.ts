import { GraphQLError, Kind, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';

/**
 * The maximum number of field pairs that validation may compare. The comparison of this number of pairs takes about 30
 * ms. Thirty fragments with the same three fields of one object have 3600 pairs.
 */
const MOST_PAIRS = 25_000;

/**
 * The walk through a document stops after this multiple of the maximum number of fields, because nested fragments can expand to billions of
 * fields.
 */
const WALKED = 10;

/**
 * The error `OPERATION_TOO_LARGE` for a text whose validation would take seconds, otherwise null. The rule "Field
 * Selection Merging" of the GraphQL specification compares each pair of fields with one response name. A text of 6 KB
 * with 1200 times `p{id}` blocks the process for 2 s. Runs before the validation, so the document may lack fragments,
 * or contain fragments that include themselves.
 */
export function tooManyToMerge(document: DocumentNode, mostFields: number): GraphQLError | null {
  const work = new MergeWork(document, mostFields * WALKED);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) work.addSets([definition.selectionSet], new Set());
    if (work.isTooMuch) return refusal();
  }
  return null;
}

class MergeWork {
  readonly #fragments: ReadonlyMap<string, SelectionSetNode>;
  readonly #mostWalked: number;
  #pairs = 0;
  #walked = 0;

  constructor({ definitions }: DocumentNode, mostWalked: number) {
    this.#mostWalked = mostWalked;
    this.#fragments = new Map(
      definitions.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.selectionSet] as const] : [],
      ),
    );
  }

  get isTooMuch(): boolean {
    return this.#pairs > MOST_PAIRS || this.#walked > this.#mostWalked;
  }

  /**
   * Counts the pairs of fields and the pairs of fragments in selection sets that are merged with each other.
   * @param around the names of the fragments that contain the sets
   */
  addSets(sets: readonly SelectionSetNode[], around: ReadonlySet<string>): void {
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set(around);
    for (const set of sets) this.#collect(set, fields, spread);
    this.#pairs += (spread.size - around.size) ** 2;
    for (const nodes of fields.values()) {
      if (nodes.length > 1) this.#pairs += nodes.length ** 2;
      const inner = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (inner.length > 0 && !this.isTooMuch) this.addSets(inner, spread);
    }
  }

  #collect({ selections }: SelectionSetNode, fields: Map<string, FieldNode[]>, spread: Set<string>): void {
    for (const node of selections) {
      this.#walked += 1;
      if (this.isTooMuch) return;
      if (node.kind === Kind.INLINE_FRAGMENT) this.#collect(node.selectionSet, fields, spread);
      else if (node.kind === Kind.FIELD) {
        const name = node.alias?.value ?? node.name.value;
        const known = fields.get(name);
        if (known) known.push(node);
        else fields.set(name, [node]);
      } else if (!spread.has(node.name.value)) {
        spread.add(node.name.value);
        const fragment = this.#fragments.get(node.name.value);
        if (fragment) this.#collect(fragment, fields, spread);
      }
    }
  }
}

function refusal(): GraphQLError {
  return new GraphQLError(
    'The operation asks for the same fields too often, or spreads too many fragments: ask for each field once',
    { extensions: { code: 'OPERATION_TOO_LARGE', limit: 'merges', maximum: MOST_PAIRS, http: { status: 400 } } },
  );
}
