import type { RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { UnitOfWork } from '@souk/kit/persistence';
import { mutateCatalog, type MutationInput } from '../catalog-mutation.ts';
import type { CatalogDatabase } from '../database.ts';
import { listAttributes, type AttributeRow } from './attribute.rows.ts';

const CODE = /^[a-z0-9]+([_-][a-z0-9]+)*$/;

/** Defines what products can be described and filtered by. */
export class AttributeService {
  readonly #unitOfWork: UnitOfWork<CatalogDatabase>;

  constructor(unitOfWork: UnitOfWork<CatalogDatabase>) {
    this.#unitOfWork = unitOfWork;
  }

  /** Needs `catalog:write`. */
  create(
    ctx: RequestContext,
    input: MutationInput & { readonly code: string; readonly name: string },
  ): Promise<Result<AttributeRow, Failure>> {
    const { code, name } = input;
    return mutateCatalog(
      this.#unitOfWork,
      ctx,
      { operation: 'attributeCreate', input },
      async ({ db }): Promise<Result<AttributeRow, Failure>> => {
        if (!CODE.test(code))
          return err(
            failure('INVALID_INPUT', 'A code takes small letters, digits, single dashes and underscores', ['code']),
          );
        return ok(
          await db
            .insertInto('attribute')
            .values({ code, name })
            .returning(['id', 'code', 'name'])
            .executeTakeFirstOrThrow(),
        );
      },
    );
  }

  page(ctx: RequestContext, page: { readonly first: number; readonly after?: string | null | undefined }) {
    return this.#unitOfWork.read(ctx, (tx) => listAttributes(tx, page));
  }
}
