// Creates the secrets of compose.yaml, each in its own file under infra/compose/secrets. Existing secrets stay unchanged.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const FOLDER = new URL('secrets/', import.meta.url).pathname;
/** The list that `npm run generate` writes from the manifests of the subgraphs. */
const { subgraphs: SUBGRAPHS, secrets: DECLARED } = JSON.parse(
  readFileSync(new URL('roster.json', import.meta.url), 'utf8'),
);
const NATS_USERS = [...SUBGRAPHS, 'gateway', 'migration'];

mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
// All users can read the files, but only the owner can enter the folder. Compose mounts the files for the container's
// user, whose id is not known here.
const keep = (name, text) => writeFileSync(`${FOLDER}${name}`, `${text}\n`, { mode: 0o644, flag: 'wx' });
const once = (name, make) => existsSync(`${FOLDER}${name}`) || keep(name, make());
const password = () => randomBytes(32).toString('base64url');

if (!existsSync(`${FOLDER}context-key`)) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  keep('context-key', privateKey.export({ format: 'pem', type: 'pkcs8' }).trim());
  keep('context-public-keys', publicKey.export({ format: 'pem', type: 'spki' }).trim());
}
const MAKE = {
  RSA_KEY: () =>
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' }).trim(),
  RANDOM_TEXT: password,
};
for (const [name, kind] of Object.entries(DECLARED)) once(name, MAKE[kind]);
mkdirSync(`${FOLDER}message-public-keys`, { recursive: true });
for (const name of SUBGRAPHS.filter((each) => !existsSync(`${FOLDER}message-key-${each}`))) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  keep(`message-public-keys/${name}.pem`, publicKey.export({ format: 'pem', type: 'spki' }).trim());
  keep(`message-key-${name}`, privateKey.export({ format: 'pem', type: 'pkcs8' }).trim());
}
for (const name of [
  'redis-password',
  ...NATS_USERS.map((user) => `nats-${user}`),
  'postgres-password',
  'migration-password',
  'grafana-password',
  'minio-password',
  ...SUBGRAPHS.flatMap((subgraph) => [`${subgraph}_app`, `${subgraph}_relay`]),
]) {
  once(name, password);
}
const textOf = (name) => readFileSync(`${FOLDER}${name}`, 'utf8').trim();
// Each server reads the passwords of all its users from one file. A process reads only its own password.
// The file of NATS is written in every run of this script, because an update may add a subgraph.
writeFileSync(
  `${FOLDER}nats-passwords`,
  NATS_USERS.map((user) => `${user}_password: "${textOf(`nats-${user}`)}"\n`).join(''),
  { mode: 0o644 },
);
once('redis-conf', () => `requirepass ${textOf('redis-password')}`);
console.log(`The secrets are in ${FOLDER}`);
