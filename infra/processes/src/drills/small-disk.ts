import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Nats } from '@souk/platform/nats';

const MIB = 1024 ** 2;
const DISK_MIB = 256;
const PAGE = 4096;
/** Size limit of each stream. All eight streams fit on the disk, together with the file that fills it. */
export const STREAM_BYTES = 16 * MIB;

/** A disk for the streams of NATS, small enough for a drill to fill. */
export interface SmallDisk {
  /** Lines for the configuration of NATS. */
  readonly configuration: string;
  /** Whether writes of NATS fail on the full disk. Otherwise NATS refuses events before it writes them. */
  readonly failsWrites: boolean;
  fill(nats: Nats): Promise<void>;
  free(nats: Nats): Promise<void>;
  /** Removes the disk. NATS must have stopped before. */
  remove(): void;
}

/**
 * If this user may mount, mounts a tmpfs of 256 MiB on the folder. A write to a full tmpfs fails with ENOSPC. If this user may not mount,
 * the limit is NATS' own `max_file_store`, and NATS refuses an event before it writes.
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

/** Whether the disk is full. `instanceof Error` would be false under Jest, because Node's errors come from another realm. */
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
