import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PROCESSES, SUBGRAPH_NAMES } from '@souk/deployment/roster';
import { makeSecret } from '@souk/kit/manifest';
import { readClusterEnvironment } from './cluster/environment.ts';
import { readEventsEnvironment } from './events/environment.ts';
import { readGatewayEnvironment } from './gateway/environment.ts';
import { readSubgraphEnvironment, readWorkerEnvironment } from './subgraph/environment.ts';

let folder: string;
let files: Readonly<Record<string, string>>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-secrets-'));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = (key: KeyObject, type: 'pkcs8' | 'spki') => String(key.export({ format: 'pem', type }));
  files = {
    DATABASE_APP_PASSWORD_FILE: file('app', 'p@ss word'),
    DATABASE_RELAY_PASSWORD_FILE: file('relay', 'relay'),
    CONTEXT_KEY_FILE: file('private', pem(privateKey, 'pkcs8')),
    CONTEXT_PUBLIC_KEYS_FILE: file('public', pem(publicKey, 'spki')),
    MESSAGE_KEY_FILE: file('message', pem(privateKey, 'pkcs8')),
    MESSAGE_PUBLIC_KEYS_DIR: publicKeysFolder(pem(publicKey, 'spki')),
    ORDER_ACCESS_SECRET_FILE: file('access', 'y'.repeat(32)),
    SIGNING_KEY_FILE: file('signing', makeSecret('RSA_KEY')),
    LINK_SECRET_FILE: file('link', 'z'.repeat(32)),
    MFA_SECRET_FILE: file('mfa', 'm'.repeat(32)),
  };
});
afterAll(() => rmSync(folder, { recursive: true }));

function publicKeysFolder(pem: string): string {
  const path = join(folder, 'public-keys');
  mkdirSync(path);
  for (const name of SUBGRAPH_NAMES) writeFileSync(join(path, `${name}.pem`), pem);
  return path;
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `${text}\n`);
  return path;
}

const SERVERS = { DATABASE_URL: 'postgres://db:5432/souk', NATS_URL: 'nats://nats:4222' };
const URLS = {
  ...Object.fromEntries(SUBGRAPH_NAMES.map((name) => [`${name.toUpperCase()}_URL`, `http://${name}/graphql`])),
  CATALOG_URL: 'http://a:1/graphql,http://b:2/graphql',
};

function processOf(name: string) {
  const found = PROCESSES.find((each) => each.name === name);
  if (!found) throw new Error(`There is no process ${name}`);
  return found;
}

describe('the process of a subgraph', () => {
  test('logs in as each of its roles, with the password in its file', () => {
    const { database } = readSubgraphEnvironment(processOf('catalog'), { ...SERVERS, ...files });
    expect(database.url('app')).toBe('postgres://catalog_app:p%40ss%20word@db:5432/souk');
    expect(database.url('relay')).toBe('postgres://catalog_relay:relay@db:5432/souk');
  });

  test('names several hosts of one database, and their certificate authority', () => {
    const authority = file('ca.pem', 'a certificate');
    const url = `postgres://db-1:5432,db-2:5432/souk?sslmode=verify-full&sslrootcert=${authority}`;
    const { database } = readSubgraphEnvironment(processOf('catalog'), { ...SERVERS, ...files, DATABASE_URL: url });
    expect(database.url('relay')).toBe(url.replace('//', '//catalog_relay:relay@'));
    const read = (parameters: string) => () =>
      readSubgraphEnvironment(processOf('catalog'), {
        ...SERVERS,
        ...files,
        DATABASE_URL: `postgres://db/souk?${parameters}`,
      });
    expect(read('sslmode=require')).toThrow(/DATABASE_URL must have sslmode=verify-full/);
    expect(read(`sslmode=verify-full&sslrootcert=${join(folder, 'nowhere')}`)).toThrow(
      /DATABASE_URL names a certificate or key that cannot be read: .*ENOENT/,
    );
  });

  test('serves on the port of its manifest unless PORT is set', () => {
    expect(readSubgraphEnvironment(processOf('orders'), { ...SERVERS, ...files }).serving).toMatchObject({
      port: 4003,
      drainMs: 5000,
    });
    expect(readSubgraphEnvironment(processOf('accounts'), { ...SERVERS, ...files, PORT: '7' }).serving).toMatchObject({
      port: 7,
    });
  });

  test('has the settings and secrets that its manifest declares, and no others', () => {
    const more = { ...SERVERS, ...files, INVENTORY_SWEEP_EVERY_MS: '250' };
    const settingsOf = (name: string) => readSubgraphEnvironment(processOf(name), more).settings;
    expect(settingsOf('orders')).toEqual({ orderAccessSecret: 'y'.repeat(32) });
    expect(Object.keys(settingsOf('accounts'))).toEqual(['signingKeyPem', 'linkSecret', 'mfaSecret']);
    expect(settingsOf('inventory')).toEqual({ sweepEveryMs: 250 });
    expect(settingsOf('catalog')).toEqual({});
    const retired = { ...more, RETIRED_SIGNING_KEY_FILE: file('retired', makeSecret('RSA_KEY')) };
    expect(Object.keys(readSubgraphEnvironment(processOf('accounts'), retired).settings)).toEqual([
      'signingKeyPem',
      'retiredKeyPem',
      'linkSecret',
      'mfaSecret',
    ]);
  });

  test('reports problems of settings and secrets that its manifest declares', () => {
    const readWith = (name: string, more: Readonly<Record<string, string>>) => () =>
      readSubgraphEnvironment(processOf(name), { ...SERVERS, ...files, ...more });
    expect(readWith('inventory', { INVENTORY_SWEEP_EVERY_MS: 'often' })).toThrow(
      'INVENTORY_SWEEP_EVERY_MS="often" must be a number of milliseconds',
    );
    expect(readWith('orders', { ORDER_ACCESS_SECRET_FILE: file('guessable', 'guessable') })).toThrow(
      /ORDER_ACCESS_SECRET_FILE=.*must name a file with the secret .*: it has less than 32 characters/,
    );
    expect(readWith('accounts', { SIGNING_KEY_FILE: files['MESSAGE_KEY_FILE'] ?? '' })).toThrow(
      /SIGNING_KEY_FILE=.*must name a file with the private key .*: it is a key of the type ed25519/,
    );
  });

  test('of a worker has a port and a pool of its own, and neither keys of the gateway nor secrets of its server', () => {
    const { CONTEXT_PUBLIC_KEYS_FILE: _unused, SIGNING_KEY_FILE: _unneeded, ...needed } = files;
    const { serving, database, settings } = readWorkerEnvironment(processOf('accounts-worker'), {
      ...SERVERS,
      ...needed,
    });
    expect([serving.port, database.poolSize]).toEqual([4014, 3]);
    expect(database.url('app')).toMatch(/^postgres:\/\/accounts_app:/);
    expect(settings).toEqual({ linkSecret: 'z'.repeat(32) });
    const withKey = readWorkerEnvironment(processOf('accounts-worker'), { ...SERVERS, ...files });
    expect(withKey.settings).toEqual({ linkSecret: 'z'.repeat(32) });
  });

  test('reports every problem at once, with its remedy', () => {
    const read = () =>
      readSubgraphEnvironment(processOf('orders'), {
        ...files,
        PORT: 'http',
        DATABASE_URL: 'postgres://user:secret@db/souk',
        COMMAND_SECRET_FILE: file('short', 'short'),
        MESSAGE_KEY_FILE: file('no-key', 'a key'),
        MESSAGE_PUBLIC_KEYS_DIR: folder,
        CONTEXT_PUBLIC_KEYS_FILE: join(folder, 'nowhere'),
        ORDER_ACCESS_SECRET_FILE: '',
      });
    expect(read).toThrow(/PORT="http" must be a port .*leave it out for 4003/);
    expect(read).toThrow(/DATABASE_URL must have no password: put it into the file of a role/);
    expect(read).toThrow(/NATS_URL must be set to the address of NATS, like nats:/);
    expect(read).toThrow(/COMMAND_SECRET_FILE=.*it has fewer than 32 characters/);
    expect(read).toThrow(/MESSAGE_KEY_FILE=.*must name a file with the private key/);
    expect(read).toThrow(/MESSAGE_PUBLIC_KEYS_DIR=.*public keys of catalog in catalog.pem: .*ENOENT/);
    expect(read).toThrow(/CONTEXT_PUBLIC_KEYS_FILE=.*no such file/);
    expect(read).toThrow(/ORDER_ACCESS_SECRET_FILE must name a file with the secret/);
    expect(read).not.toThrow(/user:secret/);
  });

  test('reports an invalid address together with every other problem', () => {
    const read = () => readSubgraphEnvironment(processOf('catalog'), { ...files, DATABASE_URL: 'db:5432' });
    expect(read).toThrow(/DATABASE_URL must look like postgres:/);
    expect(read).toThrow(/NATS_URL must be set/);
  });

  test('refuses a key of another kind', () => {
    const read = () =>
      readSubgraphEnvironment(processOf('catalog'), {
        ...SERVERS,
        ...files,
        CONTEXT_PUBLIC_KEYS_FILE: files['SIGNING_KEY_FILE'],
      });
    expect(read).toThrow(/CONTEXT_PUBLIC_KEYS_FILE=.*BEGIN PUBLIC KEY/);
  });
});

describe('NATS', () => {
  const readNats = (more: Readonly<Record<string, string>>) =>
    readSubgraphEnvironment(processOf('catalog'), { ...SERVERS, ...files, ...more }).nats;

  test('is reached without a login and with the default certificate authorities of Node', () => {
    expect(readNats({})).toEqual({ url: 'nats://nats:4222' });
    expect(readNats({ NATS_URL: 'tls://a:4222, tls://b:4222' })).toEqual({ url: 'tls://a:4222,tls://b:4222' });
  });

  test('receives the login of a process, a password or credentials', () => {
    expect(readNats({ NATS_USER: 'souk', NATS_PASSWORD_FILE: file('nats', 'p@ss') }).login).toEqual({
      kind: 'password',
      user: 'souk',
      password: 'p@ss',
    });
    const credentials = '-----BEGIN NATS USER JWT-----\nx\n-----BEGIN USER NKEY SEED-----\ny';
    const { login } = readNats({ NATS_CREDS_FILE: file('creds', credentials) });
    expect(login?.kind === 'credentials' && login.read().trim()).toBe(credentials);
  });

  test('has every problem reported at once, with those between variables', () => {
    const read = () =>
      readSubgraphEnvironment(processOf('catalog'), {
        ...files,
        ...SERVERS,
        NATS_URL: 'nats://souk:secret@nats:4222',
        NATS_PASSWORD_FILE: file('nats', 'secret'),
        NATS_CREDS_FILE: file('no-creds', 'garbage'),
        NATS_CA_FILE: file('no-ca', 'garbage'),
        NATS_CERT_FILE: join(folder, 'nowhere'),
      });
    expect(read).toThrow(/NATS_URL must have no login: set NATS_USER and NATS_PASSWORD_FILE/);
    expect(read).not.toThrow(/secret@/);
    expect(read).toThrow(/NATS_PASSWORD_FILE needs NATS_USER: set both, or none/);
    expect(read).toThrow(/NATS_CREDS_FILE=.* it holds no JWT with a seed/);
    expect(read).toThrow(/NATS_CA_FILE=.* must name a file with the certificate authorities/);
    expect(read).toThrow(/NATS_CERT_FILE=.*no such file/);
    expect(read).toThrow(/NATS_CERT_FILE needs NATS_KEY_FILE/);
  });

  test('receives stream settings from the migration only', () => {
    const { streams } = readEventsEnvironment({ ...SERVERS, NATS_REPLICAS: '3', NATS_PARTITIONS: '64' });
    expect(streams).toEqual({ replicas: 3, partitions: 64 });
    expect(() => readEventsEnvironment({ ...SERVERS, NATS_REPLICAS: 'three' })).toThrow(
      /NATS_REPLICAS="three" must be the number of NATS servers that store each event .* leave it out to keep the streams' value/,
    );
  });
});

describe('the process of a gateway', () => {
  test('knows every process of each subgraph', () => {
    const { subgraphUrls, redis, redisCache } = readGatewayEnvironment({ ...SERVERS, ...files, ...URLS });
    expect(subgraphUrls.get('catalog')).toEqual(['http://a:1/graphql', 'http://b:2/graphql']);
    expect([redis, redisCache]).toEqual([null, null]);
  });

  test('logs in to Redis with the password of a file, not of an address', () => {
    const REDIS_PASSWORD_FILE = file('redis', 'open sesame');
    const of = (REDIS_URL: string) =>
      readGatewayEnvironment({ ...SERVERS, ...files, ...URLS, REDIS_URL, REDIS_PASSWORD_FILE }).redis;
    expect(of('rediss://souk@redis:6379')).toMatchObject({ url: 'rediss://souk@redis:6379', password: 'open sesame' });
    expect(() => of('redis://:hunter2@redis')).toThrow(/REDIS_URL must have no password: .* REDIS_PASSWORD_FILE/);
    expect(() => of('redis://:hunter2@redis')).not.toThrow(/hunter2/);
  });

  test('reports every problem at once', () => {
    const read = () =>
      readGatewayEnvironment({
        ...URLS,
        ORDERS_URL: 'orders:4003',
        REDIS_URL: 'localhost',
        SOUK_DEFAULT_TENANT: 'demo',
      });
    expect(read).toThrow(/ORDERS_URL must look like http:\/\/orders/);
    expect(read).toThrow(/REDIS_URL must look like redis:/);
    expect(read).toThrow(/SOUK_DEFAULT_TENANT="demo" must be the UUID/);
    expect(read).toThrow(/CONTEXT_KEY_FILE must name a file/);
  });
});

test('a cluster keeps its data under the folder that it is started in', () => {
  expect(readClusterEnvironment({}, '/souk')).toMatchObject({
    dataDir: '/souk/.data/cluster',
    serving: { port: 4000 },
    settings: {},
  });
  const set = { INVENTORY_SWEEP_EVERY_MS: '250' };
  expect(readClusterEnvironment(set, '/souk').settings).toEqual(set);
  expect(() => readClusterEnvironment({ INVENTORY_SWEEP_EVERY_MS: 'often' })).toThrow(
    'INVENTORY_SWEEP_EVERY_MS="often" must be a number of milliseconds',
  );
});
