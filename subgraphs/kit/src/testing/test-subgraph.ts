import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute, parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../context/index.ts';
import type { CommandHandler } from '../contracts/index.ts';
import { systemClock, type Clock } from '../domain/index.ts';
import { InProcessCommands, InProcessEventBus } from '../messaging/index.ts';
import { FileObjects, type Objects } from '../objects/index.ts';
import { UnitOfWork } from '../persistence/index.ts';
import { createLogger, startSubgraph, type RunningSubgraph, type SubgraphDefinition } from '../runtime/index.ts';
import { RecordingClient } from './query-log.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

export interface TestSubgraphOptions<Settings> {
  readonly settings: Settings;
  /** Handlers that replace other subgraphs. @default none, so every command throws CommandUnavailableError */
  readonly commands?: readonly CommandHandler[];
  /** The clock. Use a `TestClock` when a test moves the time. @default the system's clock */
  readonly clock?: Clock;
  /** The event bus. @default a bus that delivers once and fails the publisher when a consumer throws */
  readonly events?: InProcessEventBus;
  /** The database of another test subgraph, to continue with its data. @default a new database, which `close` drops */
  readonly database?: TestDatabase;
  /** Maximum number of connections for requests. @default 20 */
  readonly poolSize?: number;
}

type Variables = Readonly<Record<string, unknown>>;

/** A running subgraph for one test file. */
export interface TestSubgraph<Services> extends RunningSubgraph<Services> {
  readonly database: TestDatabase;
  readonly commands: InProcessCommands;
  /** The objects, as files in a folder that `close` removes. */
  readonly objects: Objects;
  readonly events: InProcessEventBus;
  /**
   * Runs an operation as one request and returns its data as plain JSON.
   * @throws Error with the message of the first error in the result
   */
  query<Data = Record<string, never>>(ctx: RequestContext, document: string, variables?: Variables): Promise<Data>;
  /** Runs an operation as one request and returns its result as plain JSON, with the messages and codes of the errors. */
  execute<Data = Record<string, unknown>>(
    ctx: RequestContext,
    document: string,
    variables?: Variables,
  ): Promise<TestResult<Data>>;
  /** Stops the subgraph and drops its database. Call `close` in `afterAll`. */
  close(): Promise<void>;
}

/** The result of a GraphQL operation, as plain JSON. */
export interface TestResult<Data> {
  readonly data: Data | null;
  /** Undefined when the operation had no errors. */
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code?: string } }[];
}

/** Starts a subgraph on in-process messaging. `run()` starts its relay and jobs. */
export async function startTestSubgraph<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
  options: TestSubgraphOptions<Settings>,
): Promise<TestSubgraph<Services>> {
  const database = options.database ?? (await createTestDatabase());
  database.requireSchema(definition.manifest.name);
  const folder = join(tmpdir(), `souk-objects-${randomUUID()}`);
  const store = new FileObjects({ folder, ...(options.clock && { clock: options.clock }) });
  const objects = { store, links: store.links, acceptsUploads: true };
  const platform = {
    objects,
    databaseUrl: (role: 'app' | 'relay') => database.url(`${definition.manifest.name}_${role}`),
    commands: new InProcessCommands(),
    events: options.events ?? new InProcessEventBus({ retryDelaysMs: [], onError: rethrow }),
    clock: options.clock ?? systemClock,
    logger: createLogger({ level: 'silent' }),
    poolSize: options.poolSize ?? 20,
    Client: RecordingClient,
  };
  platform.commands.register(options.commands ?? []);
  const running = await startSubgraph(definition, platform, options.settings);
  return {
    ...running,
    database,
    objects,
    commands: platform.commands,
    events: platform.events,
    async query(ctx, document, variables) {
      const { data, errors } = await run(running.schema, ctx, document, variables);
      if (errors?.[0]) throw errors[0];
      return plain(data);
    },
    execute: async (ctx, document, variables) => plain(await run(running.schema, ctx, document, variables)),
    async close() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
      if (!options.database) await database.drop();
    },
  };
}

/** A unit of work on a new database, for tests of services. No part of the subgraph runs. */
export interface TestUnitOfWork<Schema> {
  readonly database: TestDatabase;
  readonly unitOfWork: UnitOfWork<Schema>;
}

/** Creates a unit of work on a new database. Call `database.drop()` in `afterAll`. */
export async function openTestUnitOfWork<Schema, Settings, Services>({
  manifest,
  entities,
}: SubgraphDefinition<Schema, Settings, Services>): Promise<TestUnitOfWork<Schema>> {
  const database = await createTestDatabase();
  return { database, unitOfWork: new UnitOfWork<Schema>(await database.openOrm(manifest.name, entities)) };
}

async function run(
  schema: GraphQLSchema,
  ctx: RequestContext,
  source: string,
  variableValues: Variables = {},
): Promise<ExecutionResult> {
  const document = parse(source);
  const [invalid] = validate(schema, document);
  if (invalid) throw invalid; // the operation of the test is invalid
  // Each operation gets a copy of the context, because loaders cache their rows per context for the duration of one request.
  return execute({ schema, document, variableValues, contextValue: { ...ctx } });
}

/**
 * The value as a client receives it. graphql-js creates objects without a prototype, which do not equal object literals in assertions. The
 * test states the type of its selection.
 */
function plain<Value>(value: unknown): Value {
  return JSON.parse(JSON.stringify(value));
}

function rethrow(error: unknown): never {
  throw error;
}
