import type { RequestContext } from '@souk/kit/context';
import { ForScope, presentConnection, requireId, RequestLoader, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { PaymentsRead, PaymentsWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import { presentDifference, presentReconciliation } from './reconciliation.presenter.ts';
import type { DifferenceRecord } from './reconciliation.repository.ts';
import type { ReconciliationService } from './reconciliation.service.ts';
import {
  ReconciliationConnection,
  ReconciliationDifferenceType,
  ReconciliationsArgs,
  ReconciliationStartInput,
  ReconciliationStartPayload,
  ReconciliationType,
} from './reconciliation.types.ts';

/** Loads the differences of the comparisons of a request in one batch. */
export function differenceLoader(
  reconciliations: ReconciliationService,
): RequestLoader<string, readonly DifferenceRecord[]> {
  return new RequestLoader((ctx, ids) => reconciliations.differencesOf(ctx, ids));
}

@Resolver(() => ReconciliationType)
export class ReconciliationResolver {
  readonly #reconciliations: ReconciliationService;
  readonly #differences: RequestLoader<string, readonly DifferenceRecord[]>;

  constructor(reconciliations: ReconciliationService, differences: RequestLoader<string, readonly DifferenceRecord[]>) {
    this.#reconciliations = reconciliations;
    this.#differences = differences;
  }

  @ForScope(PaymentsRead)
  @Query(() => ReconciliationConnection, { nullable: true, description: 'Newest first.' })
  async reconciliations(
    @Args(() => ReconciliationsArgs) { filter, ...page }: ReconciliationsArgs,
    @Ctx() ctx: RequestContext,
  ) {
    const found = valueOrThrow(await this.#reconciliations.page(ctx, page, filter ?? {}));
    return presentConnection(found, presentReconciliation);
  }

  @ForScope(PaymentsRead)
  @Query(() => ReconciliationType, { nullable: true })
  async reconciliation(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    return this.#find(ctx, requireId('id', id));
  }

  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [ReconciliationDifferenceType], {
    description: 'At most 100. Those that are not repaired come first.',
  })
  async differences(@Root() { id }: ReconciliationType, @Ctx() ctx: RequestContext) {
    return ((await this.#differences.load(ctx, id)) ?? []).map(presentDifference);
  }

  @ForScope(PaymentsWrite)
  @Mutation(() => ReconciliationStartPayload, {
    nullable: true,
    description:
      'Compares the ledger of a period with a provider, and repairs what is certain. It runs in the background within a minute or two. Every account is also compared once a day.',
  })
  reconciliationStart(
    @Arg('input', () => ReconciliationStartInput) input: ReconciliationStartInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#reconciliations.start(ctx, input),
      (id) => ({ reconciliation: this.#started(ctx, id) }),
    );
  }

  async #find(ctx: RequestContext, id: string): Promise<ReconciliationType | null> {
    const found = await this.#reconciliations.find(ctx, id);
    return found && presentReconciliation(found);
  }

  /** The comparison that the caller has queued. Reading it does not need a further scope. */
  async #started(ctx: RequestContext, id: string): Promise<ReconciliationType | null> {
    const found = await this.#reconciliations.queued(ctx, id);
    return found && presentReconciliation(found);
  }
}
