import { StartFailure } from '@souk/launcher/start-failure';
import {
  migrateTopology,
  NatsError,
  PartitionsInUseError,
  settingsInForce,
  UnlimitedStreamError,
  type MigrationReport,
  type Nats,
  type Topology,
  type TopologySettings,
} from '@souk/platform/nats';
import { soukTopology } from './souk-topology.ts';

export interface StreamMigration {
  /** The settings to change. Other settings keep their values. */
  readonly settings?: TopologySettings;
  /** Whether to delete undeclared consumers. @default false */
  readonly prune?: boolean;
  /** Called before an event stream is created, with the name of the subgraph that publishes its events. @default no call */
  readonly beforeCreating?: (publisher: string) => Promise<void>;
  /** @default all streams and consumers of Souk */
  readonly topology?: (settings: TopologySettings) => Topology;
}

/**
 * Creates and updates streams and consumers.
 * @throws StartFailure when NATS refuses the login or a change, or when the number of partitions cannot be changed now
 */
export async function migrateStreams(
  nats: Nats,
  { settings = {}, prune = false, beforeCreating, topology = soukTopology }: StreamMigration = {},
): Promise<MigrationReport> {
  const { replicas = 1 } = settings;
  if (replicas > 1 && nats.connection.info?.cluster === undefined) {
    throw new StartFailure(
      `NATS_REPLICAS=${replicas} needs a NATS cluster, but this server is not in one: leave NATS_REPLICAS out.`,
    );
  }
  try {
    return await migrateTopology(nats, topology(await settingsInForce(nats, settings)), {
      prune,
      ...(beforeCreating && { beforeCreating }),
    });
  } catch (error) {
    if (error instanceof NatsError) throw refused(error);
    if (error instanceof PartitionsInUseError)
      throw new StartFailure(`${error.message}\nThe number is set by NATS_PARTITIONS.`);
    if (error instanceof UnlimitedStreamError)
      throw new StartFailure(
        `${error.message}. Set NATS_STREAM_MIB. Events beyond the limit are dropped, the oldest first.`,
      );
    throw error;
  }
}

function refused({ message, code }: NatsError): StartFailure {
  const remedy = message.includes('peers')
    ? ' NATS_REPLICAS is larger than the number of servers: lower it.'
    : message.includes('insufficient storage')
      ? ' NATS_STREAM_MIB for all streams exceeds max_file_store of the server: lower it, or raise max_file_store.'
      : '';
  return new StartFailure(`NATS refused the streams: ${message} (${code}).${remedy}`);
}
