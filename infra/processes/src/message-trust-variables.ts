import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUBGRAPH_NAMES } from '@souk/deployment/roster';
import { readVerificationKeys } from '@souk/platform/http';
import { MessageKeys } from '@souk/platform/nats';
import type { z } from 'zod';
import { folder, optional, reasonOf, required, requireLong, secretFile } from './variables.ts';

/** The keys with which a process signs and verifies NATS messages. */
export interface MessageTrust {
  readonly keys: MessageKeys;
  /**
   * The secret with which earlier versions of Souk protected commands, before each subgraph had its own message key. Set it only while an
   * update from such a version is running: commands with this secret and unsigned events are then accepted. When it is null, every command,
   * reply and event must be signed with a subgraph's key.
   */
  readonly sharedSecret: string | null;
}

const FOLDER = `it holds the public keys of the subgraphs (PEM, Ed25519): ${SUBGRAPH_NAMES.map((name) => `${name}.pem`).join(', ')}`;

const publicKeys = folder(FOLDER).transform((path, problems) => {
  const keys = new Map<string, string>();
  for (const name of SUBGRAPH_NAMES) {
    try {
      const pem = readFileSync(join(path, `${name}.pem`), 'utf8');
      readVerificationKeys(pem);
      keys.set(name, pem);
    } catch (error) {
      problems.addIssue(`must be a folder with the public keys of ${name} in ${name}.pem: ${reasonOf(error)}`);
    }
  }
  return keys;
});

/** Variables of every process that uses events or commands. */
export const messageTrustVariables = {
  MESSAGE_PUBLIC_KEYS_DIR: required(publicKeys),
  COMMAND_SECRET_FILE: optional(
    secretFile(
      'the secret shared by subgraphs of an earlier version; leave it out when none of them runs',
      requireLong,
    ),
  ),
};

/**
 * Creates the message keys of a process from its variables.
 * @param privateKeyPem null for the gateway, which sends neither commands nor events
 */
export function messageTrust(
  name: string,
  privateKeyPem: string | null,
  read: z.infer<z.ZodObject<typeof messageTrustVariables>>,
): MessageTrust {
  const keys = new MessageKeys({ name, privateKeyPem, publicKeyPems: read.MESSAGE_PUBLIC_KEYS_DIR });
  return { keys, sharedSecret: read.COMMAND_SECRET_FILE };
}
