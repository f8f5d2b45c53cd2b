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
  /** What is not asked for stays as the streams have it. */
  readonly settings?: TopologySettings;
  /** Whether consumers that nobody declares are deleted. Default: no. */
  readonly prune?: boolean;
  /** Default: everything of Souk. */
  readonly topology?: (settings: TopologySettings) => Topology;
}

/** Brings streams and consumers up to date. @throws StartFailure when NATS refuses them, or the partitions are to change and cannot. */
export async function migrateStreams(
  nats: Nats,
  { settings = {}, prune = false, topology = soukTopology }: StreamMigration = {},
): Promise<MigrationReport> {
  const { replicas = 1 } = settings;
  if (replicas > 1 && nats.connection.info?.cluster === undefined) {
    throw new StartFailure(
      `NATS_REPLICAS=${replicas} takes a cluster of NATS, and this is a server by itself: leave it out.`,
    );
  }
  try {
    return await migrateTopology(nats, topology(await settingsInForce(nats, settings)), prune);
  } catch (error) {
    if (error instanceof NatsError) throw refused(error);
    if (error instanceof PartitionsInUseError)
      throw new StartFailure(`${error.message}\nNATS_PARTITIONS says how many.`);
    if (error instanceof UnlimitedStreamError)
      throw new StartFailure(`${error.message}. Set NATS_STREAM_MIB; what does not fit is dropped, the oldest first.`);
    throw error;
  }
}

function refused({ message, code }: NatsError): StartFailure {
  const remedy = message.includes('peers')
    ? ' NATS_REPLICAS asks for more servers than there are.'
    : message.includes('insufficient storage')
      ? ' NATS_STREAM_MIB, for each of the streams, is more than max_file_store of the server.'
      : '';
  return new StartFailure(`NATS refuses the streams: ${message} (${code}).${remedy}`);
}
