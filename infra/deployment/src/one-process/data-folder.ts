import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeLock, type HeldLock } from '@souk/launcher/process-lock';
import { makePrivateDataFolder } from '../start/private-files.ts';
import { dataFolderFailure, folderInUseFailure } from './start-problems.ts';

/** The content of the lock file: the URL of the server that holds the lock, and whether the server is stopping. */
export interface ServerNote {
  readonly url: string;
  readonly stopping: boolean;
}

/**
 * How long a second start waits for the lock, in ms. A `running` server may be about to stop. A server that is `stopping` needs more time.
 */
const PATIENCE_MS = { running: 2_000, stopping: 15_000 };
const RETRY_MS = 100;

/**
 * Creates the data folder and locks it for this process.
 * @throws StartFailure when the folder is not writable or is in use
 */
export async function takeDataFolder(folder: string): Promise<HeldLock<ServerNote>> {
  try {
    probe(folder);
  } catch (error) {
    throw dataFolderFailure(error, folder);
  }
  return lock(folder);
}

function probe(folder: string): void {
  makePrivateDataFolder(folder);
  const file = join(folder, `.probe-${process.pid}`);
  writeFileSync(file, 'Souk may write here');
  rmSync(file);
}

async function lock(folder: string): Promise<HeldLock<ServerNote>> {
  const started = performance.now();
  for (;;) {
    const taken = takeLock<ServerNote>(join(folder, 'server.lock'));
    if (taken.release) return taken;
    const { pid, url, stopping } = taken.owner;
    const patience = stopping ? PATIENCE_MS.stopping : PATIENCE_MS.running;
    if (performance.now() - started > patience) throw folderInUseFailure(folder, pid, url);
    await sleep(RETRY_MS);
  }
}
