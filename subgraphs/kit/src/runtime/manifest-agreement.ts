import type { CommandHandler, RouteHandler } from '../contracts/index.ts';
import type { AnyManifest, ReaderDeclaration } from '../manifest/index.ts';

/** The work that the code of a subgraph creates, by name. */
export interface CreatedWork {
  readonly commands: readonly CommandHandler[];
  readonly routes: readonly RouteHandler[];
  readonly subscribers: readonly { readonly reader: ReaderDeclaration }[];
  readonly jobs: readonly { readonly name: string }[];
  readonly hasSubscriptions: boolean;
}

/**
 * Checks that the code creates exactly the work that its manifest declares. The check is needed because brokers, permissions and documents
 * are derived from the manifest.
 * @throws Error that names every difference
 */
export function requireAgreement({ name, ...declared }: AnyManifest, created: CreatedWork): void {
  const differences = [
    ...differencesOf(
      'command',
      declared.commands.map(({ definition }) => `${definition.name} v${definition.version}`),
      created.commands.map(({ command }) => `${command.name} v${command.version}`),
    ),
    ...differencesOf(
      'route',
      declared.routes.map(({ definition }) => definition.path),
      created.routes.map(({ route }) => route.path),
    ),
    ...differencesOf(
      'reader',
      declared.readers.map((reader) => reader.name),
      // Declarations are compared by identity, because another declaration with the same name could read other events.
      created.subscribers.map(
        ({ reader }) => `${reader.name}${declared.readers.includes(reader) ? '' : ' (another declaration)'}`,
      ),
    ),
    ...differencesOf(
      'job',
      declared.jobs.map((job) => job.name),
      created.jobs.map((job) => job.name),
    ),
  ];
  if (declared.feeds.length > 0 !== created.hasSubscriptions)
    differences.push('its code has GraphQL subscriptions or its manifest has feeds, but not both');
  if (differences.length > 0)
    throw new Error(
      `The subgraph ${name} and its manifest differ:\n${differences.map((each) => `  ${each}`).join('\n')}`,
    );
}

function differencesOf(kind: string, declared: readonly string[], created: readonly string[]): string[] {
  return [
    ...declared.filter((name) => !created.includes(name)).map((name) => `${kind} ${name} is declared and not created`),
    ...created.filter((name) => !declared.includes(name)).map((name) => `${kind} ${name} is created and not declared`),
    ...created
      .filter((name, index) => created.indexOf(name) !== index)
      .map((name) => `${kind} ${name} is created twice`),
  ];
}
