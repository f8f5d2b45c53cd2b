import { requireScope, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import {
  changeable,
  err,
  failure,
  ok,
  uniqueViolations,
  type Failure,
  type PageRequest,
  type Result,
} from '@souk/kit/domain';
import { mutate, type ChangeInput, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { PromotionChanged, PromotionsRead, PromotionsWrite } from '../contract.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import type { PromotionEntity } from './promotion.entity.ts';
import {
  countAutomatic,
  deletePromotion,
  findPromotion,
  findPromotionPage,
  insertPromotion,
  lockPromotion,
  MAX_AUTOMATIC_PROMOTIONS,
  savePromotion,
} from './promotion.repository.ts';
import { configurePromotion, draftOf, type PromotionDraft } from './promotion-settings.ts';
import type { PromotionSettings, StoredPromotion } from './promotion.ts';

type Failures = Failure | readonly Failure[];

/** Manages the tenant's promotions for staff. */
export class PromotionService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** @throws AccessDeniedError without the scope `promotions:read` */
  async page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<StoredPromotion>, Failure>> {
    requireScope(ctx, PromotionsRead);
    return this.#unitOfWork.read(ctx, (tx) => findPromotionPage(tx, page));
  }

  /** Null when the promotion is unknown. @throws AccessDeniedError without the scope `promotions:read` */
  async find(ctx: RequestContext, id: string): Promise<StoredPromotion | null> {
    requireScope(ctx, PromotionsRead);
    return this.#unitOfWork.read(ctx, (tx) => findPromotion(tx, id));
  }

  /**
   * Creates a promotion. Fails with CODE_TAKEN or PROMOTION_LIMIT_REACHED.
   * @throws AccessDeniedError without the scope `promotions:write`
   */
  create(ctx: RequestContext, draft: PromotionDraft & MutationInput): Promise<Result<StoredPromotion, Failures>> {
    const mutation = { scope: PromotionsWrite, operation: 'promotionCreate', input: draft, ...codeTaken };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<StoredPromotion, Failures>> => {
      const settings = await this.#configure(tx, draft, null);
      if (!settings.ok) return settings;
      const id = await insertPromotion(tx, settings.value);
      tx.outbox.append([changed(id, 'CREATED')]);
      return ok(await stored(tx, id));
    });
  }

  /** Updates the settings in `changes`. @throws AccessDeniedError without the scope `promotions:write` */
  update(
    ctx: RequestContext,
    { id, expectedVersion, idempotencyKey }: ChangeInput,
    changes: Partial<PromotionDraft>,
  ): Promise<Result<StoredPromotion, Failures>> {
    const input = { id, expectedVersion, idempotencyKey, changes };
    const mutation = { scope: PromotionsWrite, operation: 'promotionUpdate', input, ...codeTaken };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<StoredPromotion, Failures>> => {
      const promotion = await lockExpected(tx, input);
      if (!promotion.ok) return promotion;
      const settings = await this.#configure(tx, { ...draftOf(await stored(tx, id)), ...changes }, id);
      if (!settings.ok) return settings;
      await savePromotion(tx, promotion.value, settings.value);
      tx.outbox.append([changed(id, 'UPDATED')]);
      return ok(await stored(tx, id));
    });
  }

  /** Deletes a promotion. Placed orders keep their discounts. @throws AccessDeniedError without the scope `promotions:write` */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failures>> {
    const mutation = { scope: PromotionsWrite, operation: 'promotionDelete', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failures>> => {
      const promotion = await lockExpected(tx, input);
      if (!promotion.ok) return promotion;
      await deletePromotion(tx, input.id);
      tx.outbox.append([changed(input.id, 'DELETED')]);
      return ok(input.id);
    });
  }

  /**
   * Creates promotions during an import. Skips codes that exist.
   * @throws Error for an invalid draft. The importer must validate its drafts first.
   */
  async import(ctx: RequestContext, drafts: readonly PromotionDraft[]): Promise<void> {
    for (const draft of drafts) {
      const created = await this.create(ctx, draft);
      if (created.ok) continue;
      const [problem] = [created.error].flat();
      if (problem?.code !== 'CODE_TAKEN') throw new Error(`Promotion ${draft.name}: ${problem?.message}`);
    }
  }

  /** @param id the changed promotion, or null for a new promotion */
  async #configure(
    tx: OrdersTransaction,
    draft: PromotionDraft,
    id: string | null,
  ): Promise<Result<PromotionSettings, Failures>> {
    const settings = configurePromotion(draft);
    if (!settings.ok) return settings;
    const isAutomatic = settings.value.code === null && settings.value.active;
    if (isAutomatic && (await countAutomatic(tx, id)) >= MAX_AUTOMATIC_PROMOTIONS) return err(tooManyAutomatic());
    return settings;
  }
}

const codeTaken = {
  uniqueViolations: uniqueViolations(
    ['promotion_code_taken'],
    'CODE_TAKEN',
    'Another promotion has this code; choose another code or change that promotion',
    'code',
  ),
};

function tooManyAutomatic(): Failure<'PROMOTION_LIMIT_REACHED'> {
  const message = `A shop has at most ${MAX_AUTOMATIC_PROMOTIONS} active promotions without a code; deactivate one or set a code`;
  return failure('PROMOTION_LIMIT_REACHED', message, ['active']);
}

async function lockExpected(tx: OrdersTransaction, input: ChangeInput): Promise<Result<PromotionEntity, Failure>> {
  return changeable(await lockPromotion(tx, input.id), input, 'promotion');
}

async function stored(tx: OrdersTransaction, id: string): Promise<StoredPromotion> {
  const promotion = await findPromotion(tx, id);
  if (!promotion) throw new Error(`Promotion ${id} is gone within the transaction that wrote the promotion`);
  return promotion;
}

function changed(promotionId: string, change: 'CREATED' | 'UPDATED' | 'DELETED') {
  return eventOf(PromotionChanged, promotionId, { promotionId, change });
}
