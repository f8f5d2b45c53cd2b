// Makes the secrets of compose.yaml, each in a file of its own under infra/compose/secrets. What is there stays as it is.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const FOLDER = new URL('secrets/', import.meta.url).pathname;
const SUBGRAPHS = ['catalog', 'inventory', 'orders', 'accounts', 'payments'];

mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
// Readable by all, in a folder that is not: compose mounts them for a user of the container, whatever its number is here.
const keep = (name, text) => writeFileSync(`${FOLDER}${name}`, `${text}\n`, { mode: 0o644, flag: 'wx' });
const once = (name, make) => existsSync(`${FOLDER}${name}`) || keep(name, make());
const password = () => randomBytes(32).toString('base64url');

if (!existsSync(`${FOLDER}context-key`)) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  keep('context-key', privateKey.export({ format: 'pem', type: 'pkcs8' }).trim());
  keep('context-public-keys', publicKey.export({ format: 'pem', type: 'spki' }).trim());
}
once('signing-key', () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' }).trim(),
);
for (const name of [
  'command-secret',
  'order-access-secret',
  'postgres-password',
  'grafana-password',
  'minio-password',
  ...SUBGRAPHS.flatMap((subgraph) => [`${subgraph}_app`, `${subgraph}_relay`]),
]) {
  once(name, password);
}
console.log(`The secrets are in ${FOLDER}`);
