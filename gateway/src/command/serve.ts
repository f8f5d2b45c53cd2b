import type { FastifyBaseLogger } from 'fastify';
import type { SubgraphAddress, TransportChoice } from '@souk/engine/subgraphs';
import { createGateway, type Gateway } from '../gateway.ts';
import { httpTransport } from '../remote/http-transport.ts';
import type { CommandOptions } from './arguments.ts';
import { LiveSupergraph } from './live-supergraph.ts';
import { unreachable } from './reachability.ts';
import { listenProblem, StartProblem } from './start-problem.ts';
import { supergraphSource, unservable } from './supergraph-source.ts';

/** A gateway that listens on its port. */
export interface RunningGateway {
  /** The URL of the home page, without a slash at the end. */
  readonly url: string;
  reload(): Promise<void>;
  /** Waits for running requests, then closes. */
  close(): Promise<void>;
}

/** Output for the user of the command. */
export interface CommandOutput {
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
  readonly logger: FastifyBaseLogger;
}

/**
 * Starts the gateway of a command line.
 * @throws StartProblem for a fault that the user can correct
 */
export async function serve(options: CommandOptions, { say, warn, logger }: CommandOutput): Promise<RunningGateway> {
  const { supergraph: path, host, port, watch } = options;
  const source = supergraphSource(path);
  const sdl = await source.read();
  const addresses: SubgraphAddress[] = [];
  const gateway = await gatewayOf(
    sdl,
    options,
    (subgraph) => {
      const address = { name: subgraph.name, url: addressOf(subgraph, options) };
      addresses.push(address);
      return httpTransport({ ...address, logger, timeoutMs: options.timeoutMs });
    },
    logger,
  );
  const unknown = unknownAddress(addresses, options);
  if (unknown) {
    await gateway.app.close();
    throw unknown;
  }
  const live = new LiveSupergraph({ path, source, replace: gateway.replaceSupergraph, say, logger }, sdl);
  if (watch) await live.watch();
  const url = await gateway.app.listen({ host, port }).catch(async (error: unknown) => {
    await Promise.all([live.close(), gateway.app.close()]);
    throw listenProblem(error, host, port);
  });
  say(`Serves ${path} at ${url}/graphql${options.playground ? `, playground at ${url}/playground` : ''}`);
  void unreachable(addresses).then((lines) => lines.forEach(warn));
  return {
    url,
    reload: () => live.reload(),
    close: async () => {
      await live.close();
      await gateway.app.close();
    },
  };
}

async function gatewayOf(
  sdl: string,
  options: CommandOptions,
  subgraphs: TransportChoice,
  logger: FastifyBaseLogger,
): Promise<Gateway> {
  const {
    introspection,
    playground,
    queryPlans,
    subgraphErrors,
    overrides,
    limits,
    forwardHeaders,
    supergraph: path,
  } = options;
  try {
    return await createGateway({
      supergraph: sdl,
      subgraphs,
      identity: null,
      tenants: null,
      forwardHeaders,
      logger,
      introspection,
      subgraphErrors,
      overrides,
      queryPlans: queryPlans ? 'EVERYBODY' : 'SIGNED_IN',
      limits,
      cost: null,
      playground: playground ? { tabs: [{ query: '{ __typename }' }] } : null,
    });
  } catch (error) {
    throw unservable(path, error);
  }
}

function unknownAddress(subgraphs: readonly SubgraphAddress[], { subgraphUrls }: CommandOptions): StartProblem | null {
  const known = subgraphs.map(({ name }) => name);
  const name = [...subgraphUrls.keys()].find((each) => !known.includes(each));
  if (name === undefined) return null;
  return new StartProblem(`--subgraph-url names "${name}", which is no subgraph: there are ${known.join(', ')}`);
}

function addressOf({ name, url }: SubgraphAddress, { subgraphUrls }: CommandOptions): string {
  const address = subgraphUrls.get(name) ?? url;
  if (/^https?:/i.test(address) && URL.canParse(address)) return address;
  throw new StartProblem(
    `The supergraph gives the subgraph "${name}" no address that can be called ("${address}"): give it one with --subgraph-url ${name}=http://...`,
  );
}
