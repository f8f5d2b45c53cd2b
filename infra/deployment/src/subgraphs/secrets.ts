import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { declaredSecrets, makeSecret, secretsGivenTo, type AnyManifest, type ProcessKind } from '@souk/kit/manifest';
import { z } from 'zod';
import { ROSTER } from '../roster/roster.ts';

/** The secrets of an installation: the database secret, and the secrets that the manifests declare, by their keys. */
export interface Secrets {
  /** The secret from which passwords of database roles are derived, when Postgres is not the embedded one. */
  readonly databaseSecret: string;
  readonly [key: string]: string;
}

const REQUIRED = ROSTER.flatMap((manifest) => declaredSecrets(manifest)).filter(({ isOptional }) => !isOptional);

const secretsSchema = z.object({
  databaseSecret: z.string().min(32),
  ...Object.fromEntries(REQUIRED.map(({ key, schema }) => [key, schema])),
});

/**
 * The secrets of this installation, in the data folder. Only their owner may read them. Creates missing secrets: all secrets the first
 * time, and later the secrets of new subgraphs.
 * @throws ZodError when the file is damaged
 */
export function readSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  const kept = existsSync(file) ? z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const isComplete = Object.keys(secretsSchema.shape).every((key) => key in kept);
  const secrets: Secrets = secretsSchema.parse(isComplete ? kept : { ...newSecrets(), ...kept });
  if (!isComplete) {
    // The rename replaces the file atomically, so a crash cannot leave a partial file.
    writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return secrets;
}

/** Generates the database secret and every secret that a manifest declares. */
export function newSecrets(): Secrets {
  return {
    databaseSecret: makeSecret('RANDOM_TEXT'),
    ...Object.fromEntries(REQUIRED.map(({ key, kind }) => [key, makeSecret(kind)])),
  };
}

/** The secrets that a kind of process of a subgraph receives as settings. */
export function secretsOf(
  manifest: AnyManifest,
  secrets: Secrets,
  kind: ProcessKind,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    secretsGivenTo(kind, manifest).flatMap(({ key }) => (secrets[key] === undefined ? [] : [[key, secrets[key]]])),
  );
}
