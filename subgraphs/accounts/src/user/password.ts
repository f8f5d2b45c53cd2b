import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Parameters of OWASP's password storage cheat sheet: 19 MiB, two passes, one lane. The library's default algorithm is argon2id. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** An encoded argon2id hash: the parameters, a fresh salt, and the digest. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID);
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}

/** A hash that no password matches. Verification takes as long as the verification of a real hash. */
export function unmatchableHash(): Promise<string> {
  return hashPassword(randomUUID());
}
