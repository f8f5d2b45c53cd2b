import type { RequestContext } from '../../context/index.ts';
import type { CommandsUnderTest } from '../../messaging/testing/commands-contract.ts';
import { startNats, type TestNats } from '../../testing/index.ts';
import { NatsCommands, openNats, type ContextSeal, type Nats, type NatsCommandsOptions } from '../index.ts';

/** Contexts as they are, with a mark that a stranger does not know. */
const marked: ContextSeal = {
  seal: (context) => JSON.stringify({ mark: 'ours', context }),
  open(token) {
    const { mark, context } = JSON.parse(token) as { mark: string; context: RequestContext }; // sealed above
    if (mark !== 'ours') throw new Error('sealed by a stranger');
    return context;
  },
};

export interface CommandProcess {
  readonly commands: NatsCommands;
  readonly nats: Nats;
  /** What its handlers threw and it refused. */
  readonly errors: unknown[];
}

/** A NATS with processes that ask each other. */
export interface CommandWorld extends CommandsUnderTest {
  readonly server: TestNats;
  process(options?: Partial<NatsCommandsOptions>): Promise<CommandProcess>;
}

export async function startCommandWorld(): Promise<CommandWorld> {
  const server = await startNats();
  const processes: CommandProcess[] = [];
  const process = async (options: Partial<NatsCommandsOptions> = {}) => {
    const nats = await openNats({ url: server.url, name: 'test', onError: () => undefined });
    const errors: unknown[] = [];
    const onError = (error: unknown) => void errors.push(error);
    const started = { nats, errors, commands: new NatsCommands({ nats, contexts: marked, onError, ...options }) };
    processes.push(started);
    return started;
  };
  return {
    server,
    process,
    open: async (timeoutMs) => (await process({ timeoutMs, retries: { attempts: 0 } })).commands,
    async close() {
      await Promise.all(processes.map(({ commands, nats }) => commands.stop().then(() => nats.close())));
      await server.stop();
    },
  };
}
