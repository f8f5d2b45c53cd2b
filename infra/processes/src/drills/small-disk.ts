import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Nats } from '@souk/platform/nats';

const MIB = 1024 ** 2;
const DISK_MIB = 256;
const PAGE = 4096;
/** Limit of each stream: all eight fit on the disk, besides the ballast that fills it. */
export const STREAM_BYTES = 16 * MIB;

/** A disk of NATS that a drill can fill. */
export interface SmallDisk {
  /** Lines for the configuration of NATS. */
  readonly configuration: string;
  /** Whether writes of NATS fail on it; else NATS refuses events before it writes. */
  readonly failsWrites: boolean;
  /** Takes all the space that is left. */
  fill(nats: Nats): Promise<void>;
  /** Gives the space back. */
  free(nats: Nats): Promise<void>;
  /** Ends the disk, once NATS is stopped. */
  remove(): void;
}

/**
 * A tmpfs of 256 MiB on the folder, where this user may mount one: then a write fails with ENOSPC. Elsewhere `max_file_store` of
 * NATS is the disk, which refuses an event before it writes.
 */
export function smallDisk(folder: string): SmallDisk {
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', folder]);
  return mounted.status === 0 ? tmpfs(folder) : storeLimit();
}

function tmpfs(folder: string): SmallDisk {
  const ballast = join(folder, 'ballast');
  return {
    configuration: '',
    failsWrites: true,
    async fill() {
      const file = await open(ballast, 'w');
      try {
        for (const bytes of [MIB, PAGE]) await writeUntilFull(file, bytes);
      } finally {
        await file.close();
      }
    },
    free: async () => rmSync(ballast),
    remove: () => void spawnSync('umount', [folder]),
  };
}

async function writeUntilFull(file: FileHandle, bytes: number): Promise<void> {
  try {
    for (;;) await file.write(Buffer.alloc(bytes));
  } catch (error) {
    if (!isFull(error)) throw error;
  }
}

/** An error of Node is no `Error` of the realm that a test runs in. */
function isFull(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOSPC';
}

const BALLAST = 'BALLAST';

function storeLimit(): SmallDisk {
  return {
    configuration: `jetstream { max_file_store: ${DISK_MIB}MB }\n`,
    failsWrites: false,
    async fill({ connection, jetstream }) {
      const manager = await connection.jetstreamManager();
      await manager.streams.add({ name: BALLAST, subjects: ['ballast'] });
      for (const bytes of [MIB / 2, 512]) await untilRefused(() => jetstream.publish('ballast', Buffer.alloc(bytes)));
    },
    async free({ connection }) {
      const manager = await connection.jetstreamManager();
      await manager.streams.delete(BALLAST);
    },
    remove: () => undefined,
  };
}

async function untilRefused(publish: () => Promise<unknown>): Promise<void> {
  while (
    await publish().then(
      () => true,
      () => false,
    )
  );
}
