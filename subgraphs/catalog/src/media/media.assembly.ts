import { RequestLoader } from '@souk/kit/graphql';
import type { SubgraphDependencies } from '@souk/kit/runtime';
import type { CatalogDatabase } from '../database.ts';
import type { CatalogSettings } from '../manifest.ts';
import { clamdScanner } from './clamd.provider.ts';
import { MediaCleanUpJob } from './media-clean-up.job.ts';
import { MediaReader } from './media-reader.service.ts';
import type { StoredMedia } from './media.repository.ts';
import { MediaResolver } from './media.resolver.ts';
import { MediaService } from './media.service.ts';
import { MediaVariantsJob } from './media-variants.job.ts';

/** Wires the feature that receives, changes and reads uploaded pictures. */
export function createMedia(dependencies: SubgraphDependencies<CatalogDatabase, CatalogSettings>) {
  const { clamdUrl } = dependencies.settings;
  const scanner = clamdUrl === undefined ? null : clamdScanner(placeOf(clamdUrl));
  const service = new MediaService({ ...dependencies, scanner });
  const reader = new MediaReader(dependencies);
  return {
    resolvers: [new MediaResolver(service, reader)],
    jobs: [new MediaVariantsJob(dependencies), new MediaCleanUpJob(dependencies)],
    loader: new RequestLoader<string, StoredMedia>((ctx, ids) => reader.byIds(ctx, ids)),
  };
}

function placeOf(url: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}
