import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ProcessKind } from './process-kind.ts';

/** How a deployment creates a secret before its first start. */
export type SecretKind = 'RANDOM_TEXT' | 'RSA_KEY';

/**
 * The file that contains a secret. The environment variable has only the file's path, because environments leak into logs and crash
 * reports.
 */
export interface SecretFile {
  /** The variable that names the file: `SIGNING_KEY_FILE`. */
  readonly variable: `${string}_FILE`;
  /** The content of the file, for error messages: `the private key (PEM, PKCS8, RSA) that signs access tokens`. */
  readonly holds: string;
  readonly kind: SecretKind;
  /** The kinds of process that receive the secret. @default servers only */
  readonly givenTo?: readonly ProcessKind[];
}

/** The file of each secret, by the secret's schema in the manifest. */
export const secretFiles = z.registry<SecretFile>();

const LEAST_CHARACTERS = 32;
const MODULUS_BITS = 2048;

/** The schema of a random text of 32 characters or more. */
export function randomText(file: Omit<SecretFile, 'kind'>) {
  return z
    .string()
    .min(LEAST_CHARACTERS, `it has less than ${LEAST_CHARACTERS} characters`)
    .register(secretFiles, { ...file, kind: 'RANDOM_TEXT' });
}

/** The schema of a private RSA key in PKCS8 PEM. */
export function rsaKey(file: Omit<SecretFile, 'kind'>) {
  return z
    .string()
    .superRefine((pem, problems) => {
      try {
        const { asymmetricKeyType } = createPrivateKey(pem);
        if (asymmetricKeyType !== 'rsa') problems.addIssue(`it is a key of the type ${asymmetricKeyType}`);
      } catch (error) {
        problems.addIssue(error instanceof Error ? error.message : String(error));
      }
    })
    .register(secretFiles, { ...file, kind: 'RSA_KEY' });
}

/** Creates a secret. An RSA key takes a fraction of a second. */
export function makeSecret(kind: SecretKind): string {
  switch (kind) {
    case 'RANDOM_TEXT':
      return randomBytes(32).toString('base64url');
    case 'RSA_KEY': {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS });
      return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    }
  }
}

/** A secret that the manifest of a subgraph declares. */
export interface DeclaredSecret extends SecretFile {
  /** The key of the secret among the settings of the subgraph. */
  readonly key: string;
  readonly isOptional: boolean;
  readonly schema: z.ZodType<string>;
}

/** Returns the secrets of a manifest that this kind of process receives. */
export function secretsGivenTo(
  kind: ProcessKind,
  manifest: { readonly secrets: z.ZodObject },
): readonly DeclaredSecret[] {
  return declaredSecrets(manifest).filter(({ givenTo = ['server'] }) => givenTo.includes(kind));
}

/** Returns all secrets of a manifest. @throws TypeError for a secret that neither `randomText` nor `rsaKey` created */
export function declaredSecrets({ secrets }: { readonly secrets: z.ZodObject }): readonly DeclaredSecret[] {
  return Object.entries(secrets.shape).map(([key, declared]) => {
    const isOptional = declared instanceof z.ZodOptional;
    const schema = isOptional ? declared.unwrap() : declared;
    const file = schema instanceof z.ZodString ? secretFiles.get(schema) : undefined;
    if (!file || !(schema instanceof z.ZodString))
      throw new TypeError(`The secret "${key}" names no file. Declare it with randomText or rsaKey`);
    return { key, isOptional, schema, ...file };
  });
}
