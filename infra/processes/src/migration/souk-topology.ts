import { messageCatalog } from '@souk/deployment/roster';
import { desiredTopology, type Topology, type TopologySettings } from '@souk/platform/nats';

/** The streams of all events of Souk, and the consumers of all readers. */
export function soukTopology(settings: TopologySettings = {}): Topology {
  return desiredTopology(messageCatalog(), settings);
}
