import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { systemContext } from '../context/index.ts';
import { CommandUnavailableError, defineCommand, handleCommand } from '../contracts/index.ts';
import { InProcessCommands } from './index.ts';

const Double = defineCommand({
  name: 'sums.double',
  version: 1,
  request: z.object({ value: z.int() }),
  reply: z.object({ doubled: z.int() }),
  idempotent: true,
});
const context = systemContext('11111111-1111-4111-8111-111111111111', 'test', 'test');

test('a command is answered by its handler', async () => {
  const commands = new InProcessCommands();
  commands.register([handleCommand(Double, async (_context, { value }) => ({ doubled: value * 2 }))]);
  expect(await commands.send(context, Double, { value: 21 })).toEqual({ doubled: 42 });
});

test('no handler, a failing one and a slow one are all "no answer"', async () => {
  const never = handleCommand(Double, () => new Promise(() => undefined));
  const broken = handleCommand(Double, () => Promise.reject(new Error('broken')));
  for (const handlers of [[], [broken], [never]]) {
    const commands = new InProcessCommands({ timeoutMs: 5 });
    commands.register(handlers);
    await expect(commands.send(context, Double, { value: 1 })).rejects.toThrow(CommandUnavailableError);
  }
});

test('a request that breaks the contract never reaches the handler', async () => {
  const commands = new InProcessCommands();
  let reached = false;
  commands.register([handleCommand(Double, async () => ((reached = true), { doubled: 0 }))]);
  await expect(commands.send(context, Double, { value: 0.5 })).rejects.toThrow(CommandUnavailableError);
  expect(reached).toBe(false);
});
