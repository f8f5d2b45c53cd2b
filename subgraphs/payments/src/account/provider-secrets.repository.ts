import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { providerSecretsSchema, type ProviderSecret } from './provider-secret.ts';

/** Reads the keys of the tenants' accounts. @throws Error with the path of the file and its problems, but without the keys */
export function readProviderSecrets(path: string): ProviderSecret[] {
  const parsed = providerSecretsSchema.safeParse(contentOf(path));
  if (parsed.success) return parsed.data;
  throw new Error(`PAYMENT_SECRETS_FILE (${path}) is not usable:\n${z.prettifyError(parsed.error)}`);
}

function contentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // The message of a SyntaxError contains a part of the file, which may be a key. The message must therefore not be logged.
    const why = error instanceof SyntaxError ? 'it is not JSON' : String(error);
    throw new Error(`PAYMENT_SECRETS_FILE (${path}) cannot be read: ${why}`);
  }
}
