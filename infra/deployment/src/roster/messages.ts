import type { CommandDefinition, EventDefinition } from '@souk/kit/contracts';
import { eventReaderOf, type AnyManifest, type Named } from '@souk/kit/manifest';
import type { EventReader } from '@souk/kit/messaging';
import type { MessageCatalog } from '@souk/platform/nats';
import { CHANNELS_READER } from '../gateway/channel-directory.ts';
import { RESPONSES_READER } from '../gateway/cache-invalidation.ts';
import { ENDED_SESSIONS_READER } from '../gateway/ended-sessions.ts';
import { TENANTS_READER } from '../gateway/tenant-changes.ts';
import { ROSTER } from './roster.ts';

/** All messages between subgraphs, and from subgraphs to the gateway. */
export interface DeclaredMessages {
  readonly events: readonly Named<EventDefinition>[];
  readonly commands: readonly Named<CommandDefinition>[];
  readonly readers: readonly EventReader[];
}

/** The events, commands and readers of the manifests, and the readers of the gateway. */
export function declaredMessages(roster: readonly AnyManifest[] = ROSTER): DeclaredMessages {
  return {
    events: roster.flatMap(({ events }) => events),
    commands: roster.flatMap(({ commands }) => commands),
    readers: [
      ...roster.flatMap(({ readers }) => readers.map((reader) => eventReaderOf(reader))),
      RESPONSES_READER,
      ENDED_SESSIONS_READER,
      TENANTS_READER,
      CHANNELS_READER,
    ],
  };
}

/** The messages in the form from which NATS permissions are derived. */
export function messageCatalog(roster: readonly AnyManifest[] = ROSTER): MessageCatalog {
  const { events, commands, readers } = declaredMessages(roster);
  return {
    subgraphs: roster.map(({ name }) => name),
    events: events.map(({ definition }) => definition),
    commands: commands.map(({ definition }) => definition),
    readers,
  };
}
