import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { RequestContext } from '../../context/index.ts';
import {
  CommandUnavailableError,
  defineCommand,
  handleCommand,
  resultOf,
  type CommandClient,
  type CommandRegistry,
} from '../../contracts/index.ts';
import { testContext } from '../../testing/index.ts';

/** A command transport that both sends and receives. */
export type Commands = CommandClient & CommandRegistry;

/** Accepts every seal as new, for tests that do not cover replay. */
export const anySeal = async () => true;

export interface CommandsUnderTest {
  /** Opens a transport that waits `timeoutMs` for a reply and does not retry. Several transports may be open at the same time. */
  readonly open: (timeoutMs: number) => Promise<Commands>;
  readonly close: () => Promise<void>;
}

/** Creates a command that no other test handles. */
export function doubling(idempotent = true) {
  return defineCommand({
    name: `test.double-${randomUUID().slice(0, 8)}`,
    version: 1,
    request: z.object({ value: z.int() }),
    reply: resultOf(z.object({ doubled: z.int() }), z.object({ code: z.literal('TOO_LARGE') })),
    idempotent,
    callers: ['test'],
  });
}

/** The behavior that every transport of commands must have. */
export function describeCommands(name: string, start: () => Promise<CommandsUnderTest>): void {
  describe(name, () => {
    let world: CommandsUnderTest;
    const ctx = testContext();
    beforeAll(async () => {
      world = await start();
    });
    afterAll(() => world.close());

    test('the handler replies to a command with the context of its caller', async () => {
      const Double = doubling();
      const commands = await world.open(1000);
      const callers: RequestContext[] = [];
      commands.register(
        [
          handleCommand(Double, async (caller, { value }) => {
            callers.push(caller);
            return { ok: true as const, value: { doubled: value * 2 } };
          }),
        ],
        anySeal,
      );
      expect(await commands.send(ctx, Double, { value: 21 })).toEqual({ ok: true, value: { doubled: 42 } });
      expect(callers).toEqual([ctx]);
    });

    test('a refusal that the contract declares is a reply', async () => {
      const Double = doubling();
      const commands = await world.open(1000);
      commands.register(
        [handleCommand(Double, async () => ({ ok: false as const, error: { code: 'TOO_LARGE' as const } }))],
        anySeal,
      );
      expect(await commands.send(ctx, Double, { value: 1 })).toEqual({ ok: false, error: { code: 'TOO_LARGE' } });
    });

    test('a missing, a failing and a slow handler all make the command unavailable', async () => {
      const slow = Promise.withResolvers<never>();
      for (const handle of [null, () => Promise.reject(new Error('the password is tiger')), () => slow.promise]) {
        const Double = doubling();
        const commands = await world.open(50);
        if (handle) commands.register([handleCommand(Double, handle)], anySeal);
        await expect(commands.send(ctx, Double, { value: 1 })).rejects.toThrow(CommandUnavailableError);
      }
      slow.reject(new Error('too late'));
    });

    test('a request or a reply that violates the contract is refused', async () => {
      const Double = doubling();
      const commands = await world.open(1000);
      let reached = 0;
      const wrong = { ...Double, reply: z.object({ ok: z.literal(true) }) };
      commands.register([handleCommand(wrong, async () => ((reached += 1), { ok: true as const }))], anySeal);
      await expect(commands.send(ctx, Double, { value: 0.5 })).rejects.toThrow(CommandUnavailableError);
      expect(reached).toBe(0);
      await expect(commands.send(ctx, Double, { value: 1 })).rejects.toThrow(CommandUnavailableError);
      expect(reached).toBe(1);
    });

    test('a command has one handler in a process', async () => {
      const handler = handleCommand(doubling(), async () => ({ ok: true as const, value: { doubled: 0 } }));
      const commands = await world.open(1000);
      expect(() => commands.register([handler, handler], anySeal)).toThrow('has two handlers');
    });
  });
}
