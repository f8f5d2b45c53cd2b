import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUBGRAPH_NAMES, type SubgraphName } from '@souk/deployment/roster';
import { makeSecret, type SecretFile } from '@souk/kit/manifest';

/** The paths of the secret files. The cluster itself reads some of them too. */
export interface SecretFiles {
  readonly contextKey: string;
  readonly contextPublicKeys: string;
  /** Folder with the public keys of the subgraphs. */
  readonly messagePublicKeys: string;
  /** Returns the path of the private key with which a subgraph signs messages. */
  messageKey(name: SubgraphName): string;
  /** Returns the path of the password of a NATS user. */
  natsPassword(user: string): string;
  readonly redisPassword: string;
  /** Returns the path of a secret that a manifest declares. */
  declared(secret: SecretFile): string;
  /** Writes the password of a Postgres role to a file. @returns the path of the file */
  passwordFile(role: string, password: string): string;
}

/** Creates the secrets at the first start of a cluster. Only the owner of the files may read them. */
export function secretFiles(dataDir: string): SecretFiles {
  const folder = join(dataDir, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (name: string) => join(folder, name);
  const keep = (name: string, text: string) => writeFileSync(file(name), `${text}\n`, { mode: 0o600 });
  if (!existsSync(file('context-public-keys.pem'))) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    keep('context-key.pem', String(privateKey.export({ format: 'pem', type: 'pkcs8' })));
    keep('context-public-keys.pem', String(publicKey.export({ format: 'pem', type: 'spki' })));
  }
  const password = () => makeSecret('RANDOM_TEXT');
  const once = (name: string, make: () => string) => {
    if (!existsSync(file(name))) keep(name, make());
    return file(name);
  };
  const messagePublicKeys = file('message-public-keys');
  mkdirSync(messagePublicKeys, { recursive: true, mode: 0o700 });
  for (const name of SUBGRAPH_NAMES) {
    if (existsSync(file(`message-key-${name}.pem`))) continue;
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    keep(`message-public-keys/${name}.pem`, String(publicKey.export({ format: 'pem', type: 'spki' })));
    keep(`message-key-${name}.pem`, String(privateKey.export({ format: 'pem', type: 'pkcs8' })));
  }
  return {
    contextKey: file('context-key.pem'),
    contextPublicKeys: file('context-public-keys.pem'),
    messagePublicKeys,
    messageKey: (name) => file(`message-key-${name}.pem`),
    natsPassword: (user) => once(`nats-${user}`, password),
    redisPassword: once('redis', password),
    declared: ({ variable, kind }) => once(fileNameOf(variable, kind), () => makeSecret(kind)),
    passwordFile(role, password) {
      keep(role, password);
      return file(role);
    },
  };
}

/** The file name for a variable: `signing-key.pem` for `SIGNING_KEY_FILE`. */
function fileNameOf(variable: string, kind: SecretFile['kind']): string {
  const name = variable
    .replace(/_FILE$/, '')
    .toLowerCase()
    .replaceAll('_', '-');
  return kind === 'RSA_KEY' ? `${name}.pem` : name;
}

/** Reads a secret, without surrounding white space. */
export function secretIn(file: string): string {
  return readFileSync(file, 'utf8').trim();
}
