import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** The argon2id parameters of OWASP's password storage cheat sheet: 19 MiB of memory, two passes, one lane. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password with argon2id and a new salt. The result contains the parameters and the salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID);
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}

/** A hash that does not match any password. Checking it takes as long as checking a real hash. */
export function unmatchableHash(): Promise<string> {
  return hashPassword(randomUUID());
}
