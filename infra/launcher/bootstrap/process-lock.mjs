import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { processEntry } from './process-table.mjs';

/**
 * Takes the lock file for this process: returns `{ release, note }`, or `{ owner }` when another process holds it. The
 * lock of an ended process (`kill -9`, a power cut) counts as free.
 */
export function takeLock(file, details = {}) {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    const mine = { pid: process.pid, birth: processEntry(process.pid)?.birth, ...details };
    if (create(file, mine)) return heldLock(file, mine);
    const text = readText(file);
    const owner = parseOwner(text);
    if (owner && isAlive(owner)) return { owner };
    if (text !== null) discard(file, text);
  }
}

/** Waits for the lock. Calls `onWait(owner)` once when another process holds it. */
export async function waitForLock(file, details, onWait) {
  for (let waiting = false; ; waiting = true) {
    const lock = takeLock(file, details);
    if (lock.release) return lock;
    if (!waiting) onWait(lock.owner);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function heldLock(file, mine) {
  return {
    release: () => rmSync(file, { force: true }),
    /** Records details about the owner for other processes, such as its URL or that it is stopping. */
    note(more) {
      Object.assign(mine, more);
      const next = `${file}.${process.pid}`;
      writeFileSync(next, JSON.stringify(mine));
      renameSync(next, file);
    },
  };
}

function create(file, owner) {
  // The file is complete before `link` publishes it under its name, so no process reads a partial lock. `link` fails
  // when a lock exists.
  const next = `${file}.${process.pid}`;
  writeFileSync(next, JSON.stringify(owner));
  try {
    linkSync(next, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(next, { force: true });
  }
}

/**
 * Removes the lock file of an ended process. Another process may already have replaced it with a newer lock, so the
 * file is moved, compared, and moved back when it is newer.
 */
function discard(file, staleText) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (readText(aside) !== staleText) {
    try {
      linkSync(aside, file);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  rmSync(aside, { force: true });
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function parseOwner(text) {
  try {
    const owner = JSON.parse(text);
    return typeof owner?.pid === 'number' ? owner : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, birth }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  // The operating system reuses process ids. Only the id and the start time together identify a process.
  const entry = processEntry(pid);
  return birth === entry?.birth && !entry?.ended;
}
