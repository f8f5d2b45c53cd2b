import { messageCatalog } from '@souk/deployment/roster';
import { desiredTopology, type Topology, type TopologySettings } from '@souk/platform/nats';

/** The streams of every event of Souk, and the consumers of every reader. */
export function soukTopology(settings: TopologySettings = {}): Topology {
  return desiredTopology(messageCatalog(), settings);
}
