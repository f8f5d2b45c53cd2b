import type { RequestContext } from '@souk/kit/context';
import { enumOf, ForScope, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Ctx, Query, registerEnumType, Resolver } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';
import { DownloadPartType } from '../import/job/import-job.types.ts';
import { EXPORT_FORMATS, type ExportFormat } from './export-lines.ts';
import type { ProductExport } from './product-export.service.ts';

const ExportFormatEnum = enumOf(EXPORT_FORMATS);
registerEnumType(ExportFormatEnum, {
  name: 'ExportFormat',
  description:
    'SOUK_CSV and SHOPIFY_CSV can be imported again, which changes nothing. JSONL: a product on each line, for programs.',
});

@Resolver()
export class ProductExportResolver {
  readonly #exports: ProductExport;

  constructor(exports: ProductExport) {
    this.#exports = exports;
  }

  @ForScope(CatalogWrite)
  @Query(() => DownloadPartType, {
    nullable: true,
    description: 'All products of the shop as a file, drafts included, 200 products in each part.',
  })
  async productExport(
    @Arg('format', () => ExportFormatEnum) format: ExportFormat,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() ctx: RequestContext,
  ) {
    return valueOrThrow(await this.#exports.part(ctx, format, after ?? null));
  }
}
