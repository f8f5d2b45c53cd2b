import type { RequestContext } from '@souk/kit/context';
import {
  changeable,
  type Clock,
  err,
  failure,
  type Failure,
  ok,
  type PageRequest,
  type Result,
} from '@souk/kit/domain';
import { mutate, type ChangeInput, type MutationInput } from '@souk/kit/persistence';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { listAttributes, lockAttribute, saveAttribute, type AttributeRow } from './attribute.repository.ts';

const CODE = /^[a-z0-9]+([_-][a-z0-9]+)*$/;

/** Defines what products can be described and filtered by. */
export class AttributeService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  /** Needs `catalog:write`. */
  create(
    ctx: RequestContext,
    input: MutationInput & { readonly code: string; readonly name: string },
  ): Promise<Result<AttributeRow, Failure>> {
    const { code, name } = input;
    return mutate(
      this.#unitOfWork,
      ctx,
      { ...CATALOG_MUTATION, operation: 'attributeCreate', input },
      async ({ db }): Promise<Result<AttributeRow, Failure>> => {
        if (!CODE.test(code))
          return err(
            failure('INVALID_INPUT', 'A code takes small letters, digits, single dashes and underscores', ['code']),
          );
        return ok(
          await db
            .insertInto('attribute')
            .values({ code, name })
            .returning(['id', 'code', 'name', 'version'])
            .executeTakeFirstOrThrow(),
        );
      },
    );
  }

  /** Renames it; its code stays. Needs `catalog:write`. */
  update(ctx: RequestContext, input: ChangeInput & { readonly name?: string }): Promise<Result<AttributeRow, Failure>> {
    return this.#edit(ctx, 'attributeUpdate', input, async (tx, attribute) =>
      ok(await saveAttribute(tx, attribute.id, { name: input.name ?? attribute.name })),
    );
  }

  /** Products no longer show its values, and its code is free again. Needs `catalog:write`; gives the id. */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'attributeDelete', input, async (tx, { id }) => {
      await saveAttribute(tx, id, { deleted_at: this.#clock.now() });
      return ok(id);
    });
  }

  #edit<Value>(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: (tx: CatalogTransaction, attribute: AttributeRow) => Promise<Result<Value, Failure>>,
  ): Promise<Result<Value, Failure>> {
    return mutate(
      this.#unitOfWork,
      ctx,
      { ...CATALOG_MUTATION, operation, input },
      async (tx): Promise<Result<Value, Failure>> => {
        const found = changeable(await lockAttribute(tx, input.id), input, 'attribute');
        return found.ok ? change(tx, found.value) : found;
      },
    );
  }

  page(ctx: RequestContext, page: PageRequest) {
    return this.#unitOfWork.read(ctx, (tx) => listAttributes(tx, page));
  }
}
