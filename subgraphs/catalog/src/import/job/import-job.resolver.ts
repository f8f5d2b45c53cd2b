import type { RequestContext } from '@souk/kit/context';
import { err, failure, type Failure, type Result } from '@souk/kit/domain';
import { ForScope, PageArgs, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { CatalogWrite } from '../../contract.ts';
import { entityPayload } from '../../payload.types.ts';
import { respond } from '../../user-errors.ts';
import { ImportCancelInput, ImportStartInput } from './import-job.inputs.ts';
import { presentImport, settingsOf } from './import-job.presenter.ts';
import type { FilePart, ImportJobService } from './import-job.service.ts';
import { DownloadPartType, ImportConnection, ImportProblemConnection, ImportType } from './import-job.types.ts';

const ImportStartPayload = entityPayload('ImportStart', 'import', ImportType);
const ImportCancelPayload = entityPayload('ImportCancel', 'import', ImportType);

@Resolver(() => ImportType)
export class ImportJobResolver {
  readonly #imports: ImportJobService;

  constructor(imports: ImportJobService) {
    this.#imports = imports;
  }

  @ForScope(CatalogWrite)
  @Query(() => ImportConnection, { nullable: true, description: 'The imports of the shop, the newest first.' })
  async imports(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#imports.page(ctx, page)), presentImport);
  }

  @ForScope(CatalogWrite)
  @Query(() => ImportType, { nullable: true, description: 'Returns an import by its id.' })
  async import(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#imports.find(ctx, requireId('id', id));
    return found && presentImport(found);
  }

  @ForScope(CatalogWrite)
  @FieldResolver(() => ImportProblemConnection, {
    nullable: true,
    description: 'The first 1,000 problems, in the order of the file.',
  })
  async problems(@Root() { id }: ImportType, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#imports.problems(ctx, id, page)), (problem) => problem);
  }

  @ForScope(CatalogWrite)
  @Query(() => DownloadPartType, {
    nullable: true,
    description: 'The rows of all products that failed, as CSV with the columns of the file: to mend and import again.',
  })
  importErrorFile(
    @Arg('id', () => ID) id: string,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#imports.errorFile(ctx, requireId('id', id), after ?? null);
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ImportStartPayload, {
    nullable: true,
    description:
      'Imports a file. Products are found by their slug, or by a SKU when the row has no slug, and variants by their SKU: new ones are created, others changed. A second import of a file changes nothing.',
  })
  importStart(@Arg('input', () => ImportStartInput) input: ImportStartInput, @Ctx() ctx: RequestContext) {
    const { kind, fileName, dryRun, idempotencyKey } = input;
    const draft = { kind, fileName: fileName ?? null, dryRun: dryRun ?? false, settings: settingsOf(input) };
    return this.#respond(ctx, input, async () => {
      const part = partOf(input);
      return part ? this.#imports.upload(ctx, { idempotencyKey }, draft, part) : err(noFile());
    });
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ImportCancelPayload, {
    nullable: true,
    description: 'Cancels an import that has not ended. Products that are imported already stay.',
  })
  importCancel(@Arg('input', () => ImportCancelInput) input: ImportCancelInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#imports.cancel(ctx, input));
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ import: this.#changed(ctx, id) }));
  }

  async #changed(ctx: RequestContext, id: string) {
    const found = await this.#imports.find(ctx, id);
    return found && presentImport(found);
  }
}

/** The part of the file in the input. Null unless exactly one of `text` and `part` is set. */
function partOf({ text, part }: ImportStartInput): FilePart | null {
  if (text && !part) return { importId: null, startByte: 0, content: Buffer.from(text), hasMore: false };
  if (!part || text) return null;
  return {
    importId: part.importId ?? null,
    startByte: part.startByte ?? 0,
    content: Buffer.from(part.content, 'base64'),
    hasMore: part.hasMore ?? false,
  };
}

function noFile(): Failure<'INVALID_INPUT'> {
  return failure('INVALID_INPUT', 'Send the file as `text` or as `part`, one of them', ['text']);
}
