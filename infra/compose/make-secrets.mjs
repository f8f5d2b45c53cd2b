// Makes the secrets of compose.yaml, each in a file of its own under infra/compose/secrets. What is there stays as it is.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const FOLDER = new URL('secrets/', import.meta.url).pathname;
const SUBGRAPHS = ['catalog', 'inventory', 'orders', 'accounts', 'payments'];
const NATS_USERS = [...SUBGRAPHS, 'gateway', 'migration'];

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
mkdirSync(`${FOLDER}message-public-keys`, { recursive: true });
for (const name of SUBGRAPHS.filter((each) => !existsSync(`${FOLDER}message-key-${each}`))) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  keep(`message-public-keys/${name}.pem`, publicKey.export({ format: 'pem', type: 'spki' }).trim());
  keep(`message-key-${name}`, privateKey.export({ format: 'pem', type: 'pkcs8' }).trim());
}
for (const name of [
  'redis-password',
  ...NATS_USERS.map((user) => `nats-${user}`),
  'order-access-secret',
  'postgres-password',
  'migration-password',
  'grafana-password',
  'minio-password',
  ...SUBGRAPHS.flatMap((subgraph) => [`${subgraph}_app`, `${subgraph}_relay`]),
]) {
  once(name, password);
}
const textOf = (name) => readFileSync(`${FOLDER}${name}`, 'utf8').trim();
// The servers read all passwords from one file each; processes read their own.
once('nats-passwords', () => NATS_USERS.map((user) => `${user}_password: "${textOf(`nats-${user}`)}"`).join('\n'));
once('redis-conf', () => `requirepass ${textOf('redis-password')}`);
console.log(`The secrets are in ${FOLDER}`);
