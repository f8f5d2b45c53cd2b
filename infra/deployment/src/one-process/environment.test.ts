import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DEFAULT_HTTP } from '@souk/gateway';
import { readEnvironment } from './environment.ts';

test('without any variable Souk serves on 127.0.0.1:4000 and keeps its data in .data', () => {
  expect(readEnvironment({}, '/clone')).toEqual({
    http: { host: '127.0.0.1', port: 4000 },
    publicUrl: null,
    dataDir: '/clone/.data',
    log: { file: '/clone/.data/logs/souk.log', level: 'info', terminalLevel: 'warn' },
    acceptOperations: 'any',
    planning: 'AT_START',
    playground: true,
    protection: {
      introspection: true,
      trustedProxies: [],
      corsOrigins: ['loopback'],
      connectionsOfAddress: DEFAULT_HTTP.maxConnectionsPerAddress,
      maximumCost: 25_000,
      rates: {
        plans: { STARTER: 100, PROFESSIONAL: 500, ENTERPRISE: 2000 },
        address: 6000,
        shopper: 120,
        loginsOfAccount: 10,
        loginsOfAddress: 100,
      },
    },
    engine: { engine: 'own', shadow: null },
    databaseUrl: null,
    redis: null,
    redisCache: null,
    metrics: { host: '127.0.0.1', port: 9464, orFree: true },
    tracing: null,
    s3: null,
    settings: { catalog: {}, inventory: {}, orders: {}, accounts: {}, payments: {} },
  });
});

test('an empty variable counts as not set', () => {
  expect(readEnvironment({ PORT: '', DATABASE_URL: '' }, '/clone')).toEqual(readEnvironment({}, '/clone'));
});

test('each variable is read', () => {
  const variables = {
    PORT: '0',
    HOST: '0.0.0.0',
    SOUK_PUBLIC_URL: 'https://shop.example/',
    SOUK_DATA_DIR: '/data',
    LOG_LEVEL: 'silent',
    SOUK_OPERATIONS: 'persisted',
    SOUK_PLAYGROUND: 'off',
    SOUK_ENGINE: 'apollo',
    SOUK_SHADOW: '0.01',
    NODE_ENV: 'development',
    DATABASE_URL: 'postgres://a@b/c',
    PAYMENT_SECRETS_FILE: 'keys.json',
    INVENTORY_SWEEP_EVERY_MS: '250',
  };
  expect(readEnvironment(variables, '/clone')).toEqual({
    http: { host: '0.0.0.0', port: 0 },
    publicUrl: 'https://shop.example',
    dataDir: '/data',
    log: { file: '/data/logs/souk.log', level: 'silent', terminalLevel: 'silent' },
    acceptOperations: 'persisted',
    planning: 'ON_DEMAND',
    playground: false,
    protection: readEnvironment({ HOST: '0.0.0.0' }).protection,
    engine: { engine: 'apollo', shadow: { share: 0.01 } },
    databaseUrl: 'postgres://a@b/c',
    redis: null,
    redisCache: null,
    metrics: { host: '127.0.0.1', port: 0, orFree: true },
    tracing: null,
    s3: null,
    settings: {
      catalog: {},
      inventory: { sweepEveryMs: 250 },
      orders: {},
      accounts: {},
      payments: { secretsFile: 'keys.json' },
    },
  });
});

test('the terminal shows warnings of the log, or the configured level', () => {
  const terminalLevel = (variables: Record<string, string>) => readEnvironment(variables).log.terminalLevel;
  expect(terminalLevel({})).toBe('warn');
  expect(terminalLevel({ SOUK_TERMINAL_LOG: 'debug' })).toBe('debug');
  expect(terminalLevel({ SOUK_TERMINAL_LOG: 'debug', LOG_LEVEL: 'silent' })).toBe('silent');
});

test.each([
  [{}, { host: '127.0.0.1', port: 9464, orFree: true }],
  [
    { HOST: '0.0.0.0', PORT: '4001' },
    { host: '127.0.0.1', port: 9465, orFree: true },
  ],
  [{ PORT: '65000' }, { host: '127.0.0.1', port: 59_536, orFree: true }],
  [
    { PORT: '0', SOUK_TRUSTED_PROXIES: 'loopback' },
    { host: '127.0.0.1', port: 0, orFree: true },
  ],
  [{ METRICS_PORT: '9464' }, { host: '127.0.0.1', port: 9464 }],
  [
    { HOST: '0.0.0.0', METRICS_PORT: '9464', METRICS_HOST: '10.0.0.1' },
    { host: '10.0.0.1', port: 9464 },
  ],
])('with %j metrics are served at %j, never on the main port', (variables, place) => {
  expect(readEnvironment(variables).metrics).toEqual(place);
});

test('the protection settings are read', () => {
  const { protection } = readEnvironment({
    SOUK_INTROSPECTION: 'off',
    SOUK_TRUSTED_PROXIES: 'loopback, 10.0.0.0/8,2001:db8::/32',
    SOUK_CORS_ORIGINS: 'https://shop.example,http://localhost:3000',
    SOUK_MAX_COST: '9000',
    SOUK_PLAN_RATES: 'STARTER=200,TRIAL=10',
    SOUK_ADDRESS_RATE: '600',
    SOUK_SHOPPER_RATE: '30',
    SOUK_LOGIN_RATE: '5',
    SOUK_LOGIN_ADDRESS_RATE: '50',
    SOUK_ADDRESS_CONNECTIONS: '70',
  });
  expect(protection).toEqual({
    introspection: false,
    trustedProxies: ['loopback', '10.0.0.0/8', '2001:db8::/32'],
    corsOrigins: ['https://shop.example', 'http://localhost:3000'],
    connectionsOfAddress: 70,
    maximumCost: 9000,
    rates: {
      plans: { STARTER: 200, PROFESSIONAL: 500, ENTERPRISE: 2000, TRIAL: 10 },
      address: 600,
      shopper: 30,
      loginsOfAccount: 5,
      loginsOfAddress: 50,
    },
  });
  expect(readEnvironment({ SOUK_RATE_LIMITS: 'off' }).protection.rates).toBeNull();
});

test.each([
  ['SOUK_RATE_LIMITS', 'no'],
  ['SOUK_INTROSPECTION', 'false'],
  ['SOUK_PLAYGROUND', 'no'],
  ['SOUK_ENGINE', 'router'],
  ['SOUK_SHADOW', '1%'],
  ['SOUK_SHADOW', '1.5'],
  ['SOUK_SHADOW', '-0.1'],
  ['SOUK_TRUSTED_PROXIES', 'everybody'],
  ['SOUK_TRUSTED_PROXIES', 'abc'],
  ['SOUK_TRUSTED_PROXIES', 'Loopback'],
  ['SOUK_TRUSTED_PROXIES', '10.0.0.0/99'],
  ['SOUK_TRUSTED_PROXIES', '10.0.0.0/0'],
  ['SOUK_TRUSTED_PROXIES', '10.0.0.0/'],
  ['SOUK_TRUSTED_PROXIES', '10.0.0.0/8/8'],
  ['SOUK_TRUSTED_PROXIES', '10.0.0'],
  ['SOUK_TRUSTED_PROXIES', '2001:db8::/129'],
  ['SOUK_TRUSTED_PROXIES', 'fe80::1%eth0'],
  ['SOUK_TRUSTED_PROXIES', '127.0.0.1,10.0.0.0/33'],
  ['SOUK_CORS_ORIGINS', 'shop.example'],
  ['SOUK_CORS_ORIGINS', 'https://shop.example/path'],
  ['SOUK_MAX_COST', '0'],
  ['SOUK_PLAN_RATES', 'STARTER=0'],
  ['SOUK_LOGIN_RATE', 'many'],
])('%s=%s is refused with the remedy', (name, value) => {
  expect(() => readEnvironment({ [name]: value }, '/clone')).toThrow(`${name}="${value}" must be`);
});

test('every problem is reported at once, without passwords', () => {
  const variables = { PORT: '70000', HOST: 'http://x', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://root:secret@db/souk' };
  const read = () => readEnvironment(variables, '/clone');
  for (const name of ['PORT="70000"', 'HOST="http://x"', 'LOG_LEVEL="loud"', 'DATABASE_URL'])
    expect(read).toThrow(name);
  expect(read).not.toThrow('secret');
});

test('the smallest and largest prefixes of a trusted proxy are accepted', () => {
  const ends = ['10.0.0.1', '0.0.0.0/1', '10.0.0.1/32', '::1', '2001:db8::/1', '::1/128', 'linklocal', 'uniquelocal'];
  const { protection } = readEnvironment({ SOUK_TRUSTED_PROXIES: ends.join() });
  expect(protection.trustedProxies).toEqual(ends);
});

test.each(['abc', '4000.5', '-1'])('PORT=%s is refused', (PORT) => {
  expect(() => readEnvironment({ PORT }, '/clone')).toThrow(`PORT="${PORT}" must be`);
});

test('the variables of OpenTelemetry set the target of traces', () => {
  const { tracing } = readEnvironment({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b,x=1=2',
    OTEL_SERVICE_NAME: 'shop',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.5',
  });
  expect(tracing).toEqual({
    target: { url: 'http://collector:4318/v1/traces', headers: { 'api-key': 'a b', x: '1=2' } },
    sampling: { ratio: 0.5, clientsDecide: true },
    serviceName: 'shop',
  });
});

test('one trace in twenty is recorded, and clients decide only if a variable allows it', () => {
  const samplingOf = (variables: Readonly<Record<string, string>>) =>
    readEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', ...variables }).tracing?.sampling;
  expect(samplingOf({})).toEqual({ ratio: 0.05, clientsDecide: false });
  expect(samplingOf({ OTEL_TRACES_SAMPLER: 'always_on' })).toEqual({ ratio: 1, clientsDecide: false });
  expect(samplingOf({ OTEL_TRACES_SAMPLER: 'always_off' })).toEqual({ ratio: 0, clientsDecide: false });
});

test.each([
  ['127.0.0.1', {}, ['loopback']],
  ['localhost', {}, ['loopback']],
  ['::1', {}, ['loopback']],
  ['0.0.0.0', {}, []],
  ['192.168.1.7', {}, []],
  ['127.0.0.1', { SOUK_TRUSTED_PROXIES: 'loopback' }, []],
  ['127.0.0.1', { SOUK_CORS_ORIGINS: 'https://shop.example' }, ['https://shop.example']],
  ['0.0.0.0', { SOUK_CORS_ORIGINS: 'loopback' }, ['loopback']],
])('a server on %s with %p lets pages of %p call', (HOST, variables, origins) => {
  expect(readEnvironment({ HOST, ...variables }).protection.corsOrigins).toEqual(origins);
});

test('the variables of S3 name the bucket of pictures and documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'souk-s3-'));
  const secret = join(folder, 'secret');
  writeFileSync(secret, 'the secret\n');
  const variables = {
    S3_BUCKET: 'souk',
    S3_REGION: 'eu-central-1',
    S3_ENDPOINT: 'https://minio.example:9000',
    S3_PATH_STYLE: 'on',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY_FILE: secret,
  };
  expect(readEnvironment(variables).s3).toEqual({
    bucket: 'souk',
    region: 'eu-central-1',
    endpoint: 'https://minio.example:9000',
    pathStyle: true,
    credentials: { accessKeyId: 'id', secretAccessKey: 'the secret' },
  });
  const missing = { ...variables, S3_SECRET_ACCESS_KEY_FILE: join(folder, 'nowhere') };
  expect(() => readEnvironment(missing)).toThrow(/S3_SECRET_ACCESS_KEY_FILE=.* must name a file/);
  rmSync(folder, { recursive: true });
});

test('a wrong setting of a subgraph is reported like every other variable', () => {
  expect(() => readEnvironment({ INVENTORY_SWEEP_EVERY_MS: 'often' })).toThrow(
    'INVENTORY_SWEEP_EVERY_MS="often" must be a number of milliseconds',
  );
});
