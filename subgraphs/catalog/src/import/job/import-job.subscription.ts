import type { RequestContext } from '@souk/kit/context';
import { ForScope, fromSubscriptionSource, requireId, type SubscriptionSources } from '@souk/kit/graphql';
import type { EventBus, FeedItem } from '@souk/kit/messaging';
import { GraphQLError } from 'graphql';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { z } from 'zod';
import { CatalogWrite, ImportChanged } from '../../contract.ts';
import { presentImport } from './import-job.presenter.ts';
import type { ImportJobService } from './import-job.service.ts';
import { ImportType } from './import-job.types.ts';

type Change = FeedItem<z.infer<typeof ImportChanged.payload>>;

@Resolver()
export class ImportJobSubscriptionResolver {
  readonly #imports: ImportJobService;

  constructor(imports: ImportJobService) {
    this.#imports = imports;
  }

  @ForScope(CatalogWrite)
  @Subscription(() => ImportType, {
    nullable: true,
    subscribe: fromSubscriptionSource,
    description: 'An import after each step of its progress, from now on.',
  })
  async importChanged(@Root() { data }: Change, @Arg('id', () => ID) _id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#imports.find(ctx, data.importId);
    return found && presentImport(found);
  }
}

/** The source of the subscription `importChanged`. It refuses a caller who may not see the import. */
export function importSubscriptions(imports: ImportJobService, events: Pick<EventBus, 'feed'>): SubscriptionSources {
  return {
    async importChanged({ id: given }, ctx) {
      const id = requireId('id', String(given));
      if (!(await imports.find(ctx, id))) throw unknownImport();
      return events.feed(ImportChanged, { tenantId: ctx.tenantId, aggregateId: id, after: ctx.resumeAfter });
    },
  };
}

function unknownImport(): GraphQLError {
  return new GraphQLError('There is no import with this id, or you may not see it', {
    extensions: { code: 'FORBIDDEN' },
  });
}
