import { systemClock } from '@souk/kit/domain';
import type { CommandsUnderTest } from '@souk/kit/messaging/testing';
import { startNats, type TestNats } from '@souk/kit/testing';
import {
  MessageKeys,
  NatsCommands,
  openNats,
  sealedCommands,
  type CommandTrust,
  type Nats,
  type NatsCommandsOptions,
} from '../index.ts';
import { testKeys } from './test-keys.ts';

export interface CommandProcess {
  readonly commands: NatsCommands;
  readonly nats: Nats;
  /** The errors of the handlers in this process, and the errors of refused requests. */
  readonly errors: unknown[];
}

/** A NATS server, and processes that send each other commands. */
export interface CommandWorld extends CommandsUnderTest {
  readonly server: TestNats;
  /** The trust of the subgraph `test`, which sends and handles the commands. */
  readonly trust: CommandTrust;
  process(options?: Partial<NatsCommandsOptions>): Promise<CommandProcess>;
}

export async function startCommandWorld(): Promise<CommandWorld> {
  const server = await startNats();
  const trust = sealedCommands(new MessageKeys(testKeys('test')), systemClock);
  const processes: CommandProcess[] = [];
  const process = async (options: Partial<NatsCommandsOptions> = {}) => {
    const nats = await openNats({ url: server.url, name: 'test', onError: () => undefined });
    const errors: unknown[] = [];
    const onError = (error: unknown) => void errors.push(error);
    const started = { nats, errors, commands: new NatsCommands({ nats, trust, onError, ...options }) };
    processes.push(started);
    return started;
  };
  return {
    server,
    trust,
    process,
    open: async (timeoutMs) => (await process({ timeoutMs, retries: { attempts: 0 } })).commands,
    async close() {
      await Promise.all(processes.map(({ commands, nats }) => commands.stop().then(() => nats.close())));
      await server.stop();
    },
  };
}
