import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HAS_NATS } from '@souk/kit/testing';
import { endLeftOver } from './left-over.ts';

const suite = HAS_NATS ? describe : describe.skip;

suite(
  `a pid file of an earlier cluster${HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)'}`,
  () => {
    let ours: string;
    let theirs: string;
    const started: ChildProcess[] = [];
    beforeEach(() => {
      [ours, theirs] = [mkdtempSync(join(tmpdir(), 'souk-ours-')), mkdtempSync(join(tmpdir(), 'souk-theirs-'))];
    });
    afterEach(() => {
      for (const each of started.splice(0)) each.kill('SIGKILL');
      for (const folder of [ours, theirs]) rmSync(folder, { recursive: true });
    });

    /** Starts a NATS server in a folder. */
    async function natsIn(folder: string): Promise<ChildProcess> {
      const child = spawn(
        'nats-server',
        ['-a', '127.0.0.1', '-p', '-1', '-sd', folder, '-P', join(folder, 'nats.pid')],
        {
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      started.push(child);
      await once(child.stderr, 'data');
      return child;
    }

    const endIn = (folder: string, program = 'nats-server') =>
      endLeftOver({ folder, pidFile: join(folder, 'nats.pid'), program });

    test('ends the engine that runs on the folder', async () => {
      const left = await natsIn(ours);
      writeFileSync(join(ours, 'nats.pid'), String(left.pid));
      const ended = once(left, 'exit');
      endIn(ours);
      expect(await ended).toEqual([null, 'SIGKILL']);
    });

    test('reports an engine that does not end, instead of waiting without limit', async () => {
      const left = await natsIn(ours);
      writeFileSync(join(ours, 'nats.pid'), String(left.pid));
      const engine = { folder: ours, pidFile: join(ours, 'nats.pid'), program: 'nats-server' };
      expect(() => endLeftOver(engine, { kill: () => undefined, withinMs: 30 })).toThrow(
        `The nats-server of an earlier cluster (process ${left.pid}, in ${ours}) has not ended within 30 ms`,
      );
      expect([left.exitCode, left.signalCode]).toEqual([null, null]);
    });

    test('ends no other process that has the same id', async () => {
      const stranger = await natsIn(theirs);
      for (const [pid, program] of [
        [stranger.pid, 'nats-server'], // the engine of another cluster
        [process.pid, 'node'], // another program of the same user
        ['', 'nats-server'],
        ['0', ''],
        ['-1', ''],
      ] as const) {
        writeFileSync(join(ours, 'nats.pid'), String(pid));
        endIn(ours, program);
      }
      expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null]);
    });
  },
);
