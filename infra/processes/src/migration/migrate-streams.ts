import { StartFailure } from '@souk/all-in-one/start';
import {
  migrateTopology,
  PartitionsInUseError,
  settingsInForce,
  type MigrationReport,
  type Nats,
  type Topology,
  type TopologySettings,
} from '@souk/kit/nats';
import { soukTopology } from './souk-topology.ts';

export interface StreamMigration {
  /** What is not asked for stays as the streams have it. */
  readonly settings?: TopologySettings;
  /** Whether consumers that nobody declares are deleted. Default: no. */
  readonly prune?: boolean;
  /** Default: everything of Souk. */
  readonly topology?: (settings: TopologySettings) => Promise<Topology>;
}

/** Brings streams and consumers up to date. @throws StartFailure when the partitions are to change and cannot. */
export async function migrateStreams(
  nats: Nats,
  { settings = {}, prune = false, topology = soukTopology }: StreamMigration = {},
): Promise<MigrationReport> {
  try {
    return await migrateTopology(nats, await topology(await settingsInForce(nats, settings)), prune);
  } catch (error) {
    if (error instanceof PartitionsInUseError)
      throw new StartFailure(`${error.message}\nNATS_PARTITIONS says how many.`);
    throw error;
  }
}
