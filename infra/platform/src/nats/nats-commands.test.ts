import { readdirSync, readFileSync } from 'node:fs';
import { kill } from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, handleCommand, type CommandHandler } from '@souk/kit/contracts';
import { anySeal, describeCommands, doubling } from '@souk/kit/messaging/testing';
import { HAS_NATS, testContext, until } from '@souk/kit/testing';
import { CommandError } from './index.ts';
import { startCommandWorld, type CommandProcess, type CommandWorld } from './testing/command-world.ts';

const describeNats = HAS_NATS ? describe : describe.skip;
const REASON = HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)';

if (HAS_NATS) describeCommands('commands on NATS', startCommandWorld);
describeNats(`processes that ask each other on NATS${REASON}`, () => processes());

type Double = ReturnType<typeof doubling>;
const context = testContext();
const NO_RETRIES = { attempts: 0 };
const FAST_RETRIES = { attempts: 2, initialDelayMs: 1, maxDelayMs: 5 };

/** A handler that doubles the value. `before` runs first. */
function doubler(Double: Double, before: (context: RequestContext) => unknown = () => undefined): CommandHandler {
  return handleCommand(Double, async (caller, { value }) => {
    await before(caller);
    return { ok: true as const, value: { doubled: value * 2 } };
  });
}

/** Registers handlers, and waits until their subscriptions have reached the server. */
const answering = async ({ commands, nats }: CommandProcess, handlers: readonly CommandHandler[]) => {
  commands.register(handlers, anySeal);
  await nats.connection.flush();
};

/** The error code of a command that got no reply. */
async function causeOf(asked: Promise<unknown>): Promise<unknown> {
  const error: unknown = await asked.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CommandUnavailableError)) throw new Error('it was answered');
  return error.cause instanceof CommandError ? error.cause.code : error.cause;
}

function processes(): void {
  let world: CommandWorld;
  beforeAll(async () => {
    world = await startCommandWorld();
  });
  afterAll(() => world.close());

  test('processes that answer the same command share its requests', async () => {
    const Double = doubling();
    const answered = [0, 0];
    const [first, second, asker] = [await world.process(), await world.process(), await world.process()];
    await answering(first, [doubler(Double, () => (answered[0] = (answered[0] ?? 0) + 1))]);
    await answering(second, [doubler(Double, () => (answered[1] = (answered[1] ?? 0) + 1))]);
    const sent = Array.from({ length: 100 }, (_, value) => asker.commands.send(context, Double, { value }));
    expect((await Promise.all(sent))[7]).toEqual({ ok: true, value: { doubled: 14 } });
    expect((answered[0] ?? 0) + (answered[1] ?? 0)).toBe(100);
    expect(Math.min(...answered)).toBeGreaterThan(20);
  });

  test('a process that pauses leaves commands to the others, and answers again when it resumes', async () => {
    const Double = doubling();
    const answered = [0, 0];
    const [first, second] = [await world.process(), await world.process()];
    const asker = await world.process({ retries: NO_RETRIES });
    await answering(first, [doubler(Double, () => (answered[0] = (answered[0] ?? 0) + 1))]);
    await answering(second, [doubler(Double, () => (answered[1] = (answered[1] ?? 0) + 1))]);
    const send = (count: number) =>
      Promise.all(Array.from({ length: count }, (_, value) => asker.commands.send(context, Double, { value })));
    first.commands.pause();
    await first.nats.connection.flush();
    await send(50);
    expect(answered).toEqual([0, 50]);
    first.commands.resume();
    await first.nats.connection.flush();
    await send(50);
    expect(answered[0]).toBeGreaterThan(0);
  });

  test('a command that no process answers fails at once', async () => {
    const { commands } = await world.process({ timeoutMs: 60_000 });
    expect(await causeOf(commands.send(context, doubling(), { value: 1 }))).toBe('NO_RESPONDERS');
  });

  test('the error of a handler stays in its process', async () => {
    const Double = doubling();
    const [answerer, asker] = [await world.process(), await world.process({ retries: NO_RETRIES })];
    await answering(answerer, [
      doubler(Double, () => {
        throw new Error('the password is tiger');
      }),
    ]);
    const failed: unknown = await asker.commands.send(context, Double, { value: 1 }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ cause: { code: 'FAILED' } });
    expect(String(failed instanceof Error && failed.cause)).not.toContain('tiger');
    expect(answerer.errors).toMatchObject([{ message: 'the password is tiger' }]);
  });

  test('a command whose seal another process has recorded is refused, and one whose seal cannot be recorded fails', async () => {
    const [Used, Broken] = [doubling(), doubling()];
    const [answerer, asker] = [await world.process(), await world.process({ retries: NO_RETRIES })];
    let reached = false;
    const handle = (command: Double) => [doubler(command, () => (reached = true))];
    answerer.commands.register(handle(Used), async () => false);
    answerer.commands.register(handle(Broken), () => Promise.reject(new Error('Postgres does not answer')));
    await answerer.nats.connection.flush();
    expect(await causeOf(asker.commands.send(context, Used, { value: 1 }))).toBe('UNTRUSTED');
    expect(await causeOf(asker.commands.send(context, Broken, { value: 1 }))).toBe('FAILED');
    expect(reached).toBe(false);
  });

  test('a subgraph that is not among the callers of a command reaches no handler', async () => {
    const Double = { ...doubling(), callers: ['orders'] };
    const [answerer, asker] = [await world.process(), await world.process()];
    let reached = false;
    await answering(answerer, [doubler(Double, () => (reached = true))]);
    expect(await causeOf(asker.commands.send(context, Double, { value: 1 }))).toBe('UNTRUSTED');
    expect(reached).toBe(false);
    expect(String(answerer.errors.map((error) => (error instanceof Error ? error.cause : error)))).toMatch(
      /refused: "test" is not one of its declared callers/,
    );
  });

  test('a reply that the answering subgraph did not sign is refused', async () => {
    const Double = doubling();
    const forged = { ...world.trust, signReply: () => 'forged' };
    const [forger, asker] = [await world.process({ trust: forged }), await world.process()];
    await answering(forger, [doubler(Double)]);
    expect(await causeOf(asker.commands.send(context, Double, { value: 1 }))).toBe('UNTRUSTED');
  });

  test('commands without a seal are accepted during an update only', async () => {
    const Double = doubling();
    const unsealed = { seal: (sent: RequestContext) => JSON.stringify(sent), open: () => context };
    const withoutSeals = { ...world.trust, seal: () => '' };
    const [updated, strict] = [await world.process({ unsealed }), await world.process()];
    const earlier = await world.process({ trust: withoutSeals, unsealed });
    await answering(updated, [doubler(Double)]);
    expect(await earlier.commands.send(context, Double, { value: 2 })).toEqual({ ok: true, value: { doubled: 4 } });
    await updated.commands.stop();
    await answering(strict, [doubler(Double)]);
    expect(await causeOf(earlier.commands.send(context, Double, { value: 2 }))).toBe('UNTRUSTED');
  });

  test('an untrusted caller reaches no handler', async () => {
    const Double = doubling();
    let reached = false;
    const forged = { ...world.trust, seal: () => 'forged' };
    const [answerer, stranger] = [await world.process(), await world.process({ trust: forged })];
    await answering(answerer, [doubler(Double, () => (reached = true))]);
    expect(await causeOf(stranger.commands.send(context, Double, { value: 1 }))).toBe('UNTRUSTED');
    expect(reached).toBe(false);
  });

  test.each([
    [true, 3],
    [false, 1],
  ])('a command that fails is sent again only where it is idempotent (%s)', async (idempotent, expected) => {
    const Double = doubling(idempotent);
    let attempts = 0;
    const [answerer, asker] = [await world.process(), await world.process({ retries: FAST_RETRIES })];
    await answering(answerer, [
      doubler(Double, () => {
        attempts += 1;
        if (attempts < 3) throw new Error('passes');
      }),
    ]);
    const answered = asker.commands.send(context, Double, { value: 2 });
    if (idempotent) expect(await answered).toEqual({ ok: true, value: { doubled: 4 } });
    else expect(await causeOf(answered)).toBe('FAILED');
    expect(attempts).toBe(expected);
  });

  test('an idempotent command finds another process when one hangs', async () => {
    const Double = doubling();
    const hanging = Promise.withResolvers<void>();
    let calls = 0;
    const [answerer, asker] = [
      await world.process(),
      await world.process({ timeoutMs: 2000, retries: { ...FAST_RETRIES, attempts: 5 } }),
    ];
    await answering(answerer, [doubler(Double, () => (calls++ === 0 ? hanging.promise : undefined))]);
    expect(await asker.commands.send(context, Double, { value: 2 })).toEqual({ ok: true, value: { doubled: 4 } });
    hanging.resolve();
  });

  test('a command that a handler sends gets no more time than its own caller has left', async () => {
    const [Outer, Inner] = [doubling(), doubling()];
    const never = Promise.withResolvers<void>();
    const innerCause = Promise.withResolvers<unknown>();
    const [inner, outer] = [await world.process(), await world.process({ timeoutMs: 600_000, retries: NO_RETRIES })];
    const asker = await world.process({ timeoutMs: 300, retries: NO_RETRIES });
    await answering(inner, [doubler(Inner, () => never.promise)]);
    await answering(outer, [
      doubler(Outer, async (caller) => {
        innerCause.resolve(causeOf(outer.commands.send(caller, Inner, { value: 1 })));
        await never.promise;
      }),
    ]);
    try {
      expect(await causeOf(asker.commands.send(context, Outer, { value: 1 }))).toBe('TIMEOUT');
      // If the inner command did not inherit the deadline, it would still wait when this test times out.
      expect(await innerCause.promise).toBe('TIMEOUT');
    } finally {
      never.resolve();
    }
  });

  test('an expired request is not handled', async () => {
    const Double = doubling();
    const begun: number[] = [];
    const [answerer, asker] = [
      await world.process(),
      await world.process({ timeoutMs: 150, retries: NO_RETRIES, breaker: null }),
    ];
    await answering(answerer, [doubler(Double, () => begun.push(Date.now()))]);
    kill(world.server.pid, 'SIGSTOP'); // the request waits in the frozen server
    await until(() => isStopped(world.server.pid));
    expect(await causeOf(asker.commands.send(context, Double, { value: 1 }))).toBe('TIMEOUT');
    kill(world.server.pid, 'SIGCONT');
    await until(() => answerer.errors.length === 1);
    expect(answerer.errors).toMatchObject([{ code: 'EXPIRED' }]);
    expect(begun).toEqual([]);
  });

  test('a command without answers is not sent for a while and then tried again; other commands are not affected', async () => {
    const [Silent, Fine] = [doubling(), doubling()];
    const [answerer, asker] = [
      await world.process(),
      await world.process({ retries: NO_RETRIES, breaker: { failures: 2, openMs: 50 } }),
    ];
    await answering(answerer, [doubler(Fine)]);
    const ask = () => causeOf(asker.commands.send(context, Silent, { value: 1 }));
    expect([await ask(), await ask()]).toEqual(['NO_RESPONDERS', 'NO_RESPONDERS']);
    expect(await ask()).toMatchObject({ isBrokenCircuitError: true });
    expect(await asker.commands.send(context, Fine, { value: 1 })).toMatchObject({ ok: true });
    await answering(answerer, [doubler(Silent)]);
    const answer = await until(() => asker.commands.send(context, Silent, { value: 2 }).catch(() => null));
    expect(answer).toEqual({ ok: true, value: { doubled: 4 } });
  });

  test('a stopping process answers its running commands, and other processes receive the rest', async () => {
    const Double = doubling();
    const working = Promise.withResolvers<void>();
    let begun = 0;
    const [leaving, staying, asker] = [await world.process(), await world.process(), await world.process()];
    await answering(leaving, [doubler(Double, () => (begun++, working.promise))]);
    const inHand = asker.commands.send(context, Double, { value: 1 });
    await until(() => begun === 1);
    await answering(staying, [doubler(Double)]);
    const stopped = leaving.commands.stop();
    await leaving.nats.connection.flush();
    const others = Array.from({ length: 20 }, (_, value) => asker.commands.send(context, Double, { value }));
    expect((await Promise.all(others))[3]).toEqual({ ok: true, value: { doubled: 6 } });
    working.resolve();
    expect(await inHand).toEqual({ ok: true, value: { doubled: 2 } });
    await stopped;
    expect(begun).toBe(1);
  });

  test('after a restart of the server commands are answered again', async () => {
    const Double = doubling();
    const [answerer, asker] = [await world.process(), await world.process({ breaker: null })];
    await answering(answerer, [doubler(Double)]);
    await world.server.kill();
    await until(() => !asker.nats.isConnected);
    expect(await causeOf(asker.commands.send(context, Double, { value: 1 }))).toBe('DISCONNECTED');
    await world.server.start();
    const answer = await until(() => asker.commands.send(context, Double, { value: 2 }).catch(() => null));
    expect(answer).toEqual({ ok: true, value: { doubled: 4 } });
  });
}

/** Whether SIGSTOP has taken effect, which happens when the process is scheduled next. */
function isStopped(pid: number): boolean {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.every((thread) => / T /.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')));
}
