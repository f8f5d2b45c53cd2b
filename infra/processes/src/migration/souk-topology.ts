import { soukCatalog } from '@souk/deployment/subgraphs';
import { desiredTopology, type MessageCatalog, type Topology, type TopologySettings } from '@souk/platform/nats';

/** Every event, command and reader of Souk. */
export async function messageCatalog(): Promise<MessageCatalog> {
  const { events, commands, readers } = await soukCatalog();
  return {
    events: events.map(({ definition }) => definition),
    commands: commands.map(({ definition }) => definition),
    readers,
  };
}

/** The streams of every event of Souk, and the consumers of every reader. */
export async function soukTopology(settings: TopologySettings = {}): Promise<Topology> {
  return desiredTopology(await messageCatalog(), settings);
}
