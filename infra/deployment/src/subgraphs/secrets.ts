import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSigningKey } from '@souk/accounts';
import { z } from 'zod';

const secretsSchema = z.object({
  /** PKCS8 PEM of the RSA key that signs access tokens. */
  signingKeyPem: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
  /** Key of the HMAC that a guest's order access token is. */
  orderAccessSecret: z.string().min(32),
  /** From which the passwords of the database roles are made, where the Postgres is not the embedded one. */
  databaseSecret: z.string().min(32),
});
export type Secrets = z.infer<typeof secretsSchema>;

/**
 * The secrets of this installation, made the first time and kept in the data folder, readable by its owner alone.
 * @throws ZodError when the file was damaged.
 */
export function readSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const secrets = newSecrets();
  // Written aside and renamed: a crash must not leave half a file.
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

/** Secrets that nothing else knows. */
export function newSecrets(): Secrets {
  return {
    signingKeyPem: generateSigningKey(),
    orderAccessSecret: randomBytes(32).toString('base64url'),
    databaseSecret: randomBytes(32).toString('base64url'),
  };
}
