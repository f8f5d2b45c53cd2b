import { soukCatalog } from '@souk/all-in-one/estate';
import { desiredTopology, type Topology, type TopologySettings } from '@souk/kit/nats';

/** The streams of every event of Souk, and the consumers of every reader. */
export async function soukTopology(settings: TopologySettings = {}): Promise<Topology> {
  const { events, readers } = await soukCatalog();
  return desiredTopology({ events: events.map(({ definition }) => definition), readers }, settings);
}
