export {
  type CommandBreakerOptions,
  type CommandRetryOptions,
  type ContextSeal,
  type NatsCommandsOptions,
} from './command-options.ts';
export { CommandError, type CommandErrorCode } from './command-wire.ts';
export { DeadLetters, type DeadLetter } from './dead-letters.ts';
export { migrateTopology, type MigrationReport } from './migrate-topology.ts';
export { NatsError } from 'nats';
export { Nats, NatsAwayError, openNats } from './nats.ts';
export { NatsRefusedError, type NatsLogin, type NatsOptions, type NatsServer, type NatsTls } from './nats-options.ts';
export { NatsCommands } from './nats-commands.ts';
export { settingsInForce, UnlimitedStreamError } from './settings-in-force.ts';
export { PartitionsInUseError } from './repartition.ts';
export { NatsEventBus, type NatsEventBusOptions } from './nats-event-bus.ts';
export { commandSubject, eventSubject, type EventName } from './subjects.ts';
export { signedEvents, UNSIGNED_EVENTS, UntrustedEventError, type EventTrust } from './trust/event-trust.ts';
export { natsAuthorization, quoted } from './trust/nats-configuration.ts';
export { inboxPrefixOf, MIGRATION_USER, natsUsers, type MessageCatalog, type NatsUser } from './trust/nats-users.ts';
export { commandContext, commandContextOf } from './trust/command-context.ts';
export { sealedCommands, UntrustedCommandError, type CommandTrust } from './trust/command-trust.ts';
export { MessageKeys, type MessageKeyFiles } from './trust/message-keys.ts';
export { desiredTopology, type EventCatalog, type Topology, type TopologySettings } from './topology.ts';
