import { Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { RequestContext } from '../../context/index.ts';
import { defineCommand, defineEvent, defineScope, eventOf, handleCommand } from '../../contracts/index.ts';
import { defineManifest, defineReader } from '../../manifest/index.ts';
import { defineSubgraph, subscriber, type SubgraphDefinition } from '../../runtime/index.ts';
import { SAMPLE_ENTITIES, type SampleSchema } from './sample.entity.ts';

/** Published when a box was packed. Its aggregate is the box. */
export const BoxPacked = defineEvent({
  subject: 'sample.box.packed',
  version: 1,
  payload: z.object({ boxId: z.uuid() }),
});

/** Packs a box. */
export const PackBox = defineCommand({
  name: 'sample.packBox',
  version: 1,
  request: z.object({ boxId: z.uuid() }),
  reply: z.object({}),
  idempotent: false,
  callers: [],
});

/** The scope for reading boxes. */
export const BoxesRead = defineScope({ name: 'boxes:read', roles: ['OWNER'] });

/** A reader that runs in the worker. */
export const deliveryReader = defineReader({ name: 'sample.deliver-box', event: BoxPacked, runsIn: 'worker' });
/** A reader that runs in the server. */
export const labelReader = defineReader({ name: 'sample.label-box', event: BoxPacked });

export const sampleManifest = defineManifest({
  name: 'sample',
  port: 1,
  migrations: new URL('./', import.meta.url),
  contract: { BoxPacked, PackBox, BoxesRead },
  readers: [deliveryReader, labelReader],
  jobs: [{ name: 'sample.weigh', runsIn: 'worker' }, { name: 'sample.dust' }],
  worker: { port: 2, poolSize: 3 },
  load: async () => sample,
});

@Resolver()
class SampleResolver {
  @Query(() => String)
  sample(): string {
    return 'sample';
  }
}

/** The settings of the sample. The sample calls `onWork` with the name of each piece of its work. */
export interface SampleSettings {
  readonly onWork: (work: string) => void;
}

/** A subgraph with a worker, for the tests of the kit. */
export const sample: SubgraphDefinition<SampleSchema, SampleSettings, null> = defineSubgraph({
  manifest: sampleManifest,
  entities: SAMPLE_ENTITIES,
  graphql: { resolvers: [SampleResolver], orphanedTypes: [] },
  create: ({ unitOfWork, settings: { onWork } }) => ({
    resolvers: [new SampleResolver()],
    commands: [
      handleCommand(PackBox, async (context: RequestContext, { boxId }) => {
        await unitOfWork.run(context, async ({ outbox }) => {
          outbox.append(eventOf(BoxPacked, boxId, { boxId }));
        });
        return {};
      }),
    ],
    subscribers: [
      subscriber(deliveryReader, async () => onWork('deliver')),
      subscriber(labelReader, async () => onWork('label')),
    ],
    jobs: [
      { name: 'sample.weigh', everyMs: 60_000, run: async () => onWork('weigh') },
      { name: 'sample.dust', everyMs: 60_000, run: async () => onWork('dust') },
    ],
    services: null,
  }),
});
