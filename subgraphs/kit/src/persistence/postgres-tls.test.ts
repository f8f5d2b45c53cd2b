import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEmbeddedPostgres, SUPERUSER, type EmbeddedPostgres } from '@souk/platform/embedded-postgres';
import { until } from '../testing/index.ts';
import { SAMPLE_ENTITIES } from '../testing/sample/sample.entity.ts';
import { connectToPrimary, openOrm, OutboxBacklog, OutboxRelay } from './index.ts';

let folder: string;
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'souk-tls-'));
  const dataDirectory = join(folder, 'postgres');
  await (await startEmbeddedPostgres({ dataDirectory })).stop();
  for (const name of ['ca', 'other-ca']) makeAuthority(name);
  makeCertificate('localhost', dataDirectory);
  postgres = await startEmbeddedPostgres({ dataDirectory, settings: { ssl: 'on' } });
}, 60_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true });
});

const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function makeAuthority(name: string): void {
  openssl('req', '-x509', ...KEY, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name}`);
}

/** Creates a certificate that `ca` signs, in the folder where Postgres looks for it. */
function makeCertificate(name: string, dataDirectory: string): void {
  const [key, certificate] = [join(dataDirectory, 'server.key'), join(dataDirectory, 'server.crt')];
  openssl(
    'req',
    ...KEY,
    '-keyout',
    key,
    '-out',
    'csr',
    '-subj',
    `/CN=${name}`,
    '-addext',
    `subjectAltName=DNS:${name}`,
  );
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copy'];
  openssl('x509', '-req', '-in', 'csr', ...signed, '-out', certificate);
  const { uid, gid } = statSync(dataDirectory);
  for (const file of [key, certificate]) {
    chownSync(file, uid, gid);
    chmodSync(file, 0o600);
  }
}

function url(host: string, parameters: string): string {
  return `postgres://${SUPERUSER}:${postgres.passwordOf(SUPERUSER)}@${host}:${postgres.port}/postgres?${parameters}`;
}

const verified = (authority: string) => `sslmode=verify-full&sslrootcert=${join(folder, authority)}`;
const ENCRYPTED = 'select ssl, application_name as name from pg_stat_ssl join pg_stat_activity using (pid)';

test('requests, relay and backlog use TLS to a server whose certificate the authority signed', async () => {
  const secured = url('localhost', verified('ca.pem'));
  const admin = await connectToPrimary(secured);
  await admin.query(
    `create schema sample; create table sample.outbox_event (parked_at timestamptz, occurred_at timestamptz)`,
  );
  const orm = await openOrm({ url: secured, schema: 'sample', entities: SAMPLE_ENTITIES });
  await orm.em.execute('select 1');
  const relay = new OutboxRelay({
    url: secured,
    schema: 'sample',
    publish: async () => undefined,
    onError: () => undefined,
  });
  relay.start();
  const backlog = new OutboxBacklog(secured, 'sample');
  expect(await backlog.read()).toEqual({ events: 0, lagSeconds: 0, parked: 0 });
  const { rows } = await until(async () => {
    const connections = await admin.query(`${ENCRYPTED} where usename is not null and backend_type = 'client backend'`);
    return connections.rowCount === 4 && connections;
  });
  expect(rows.filter(({ ssl }) => ssl !== true)).toEqual([]);
  await relay.stop();
  await Promise.all([backlog.close(), orm.close(), admin.end()]);
});

test('a server with a certificate of another authority is refused', async () => {
  await expect(connectToPrimary(url('localhost', verified('other-ca.pem')))).rejects.toThrow(/certificate/);
});

test('a server without TLS, or with a certificate of another name, is refused before the password is sent', async () => {
  const dataDirectory = join(folder, 'stranger');
  const refusal = async (settings: Record<string, string>) => {
    const stranger = await startEmbeddedPostgres({ dataDirectory, settings });
    const address = `postgres://postgres:secret@localhost:${stranger.port}/postgres?${verified('ca.pem')}`;
    const message = await connectToPrimary(address).then(() => 'connected', String);
    await stranger.stop();
    return message;
  };
  expect(await refusal({})).toContain('does not support SSL');
  makeCertificate('db.test', dataDirectory);
  expect(await refusal({ ssl: 'on' })).toContain("does not match certificate's altnames");
}, 30_000);
