import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { HAS_NATS, startNats, until, type TestNats } from '@souk/kit/testing';
import { openNats, type Nats, type NatsServer } from './index.ts';
import { operatorConfiguration, type Operator } from './testing/operator.ts';

const describeNats = HAS_NATS ? describe : describe.skip;
const REASON = HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)';

describeNats(`NATS that lets not everybody in${REASON}`, () => secured());

function secured(): void {
  const folder = mkdtempSync(join(tmpdir(), 'souk-nats-tls-'));
  const file = (name: string) => join(folder, name);
  const text = (name: string) => readFileSync(file(name), 'utf8');
  afterAll(() => rmSync(folder, { recursive: true }));

  const opened: Nats[] = [];
  let server: TestNats;
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((nats) => nats.close()));
    await server.stop();
  });
  /** The URL contains the host name, because nats.js compares the certificate of an IP address with `localhost`. */
  const secure = () => server.url.replace('nats://127.0.0.1', 'tls://localhost');

  /** Opens a connection and sends a message through it. */
  async function reach(options: NatsServer, onError: (error: Error) => void = () => undefined): Promise<Nats> {
    const nats = await openNats({ ...options, name: 'test', waitForServer: true, onError });
    opened.push(nats);
    await nats.connection.flush();
    return nats;
  }

  describe('with TLS, a certificate for each side, and a password', () => {
    const login = { kind: 'password', user: 'souk', password: 'p@ss word' } as const;
    beforeAll(() => makeCertificates(folder));
    beforeEach(async () => {
      const tls = ['--tlsverify', '--tlscert', file('server.pem'), '--tlskey', file('server.key')];
      const more = [...tls, '--tlscacert', file('ca.pem'), '--user', login.user, '--pass', login.password];
      server = await startNats(more);
    });
    const tls = () => ({ ca: text('ca.pem'), cert: text('client.pem'), key: text('client.key') });

    test('a client with all three connects, and again after a restart of the server', async () => {
      const nats = await reach({ url: secure(), tls: tls(), login });
      await server.kill();
      await until(() => !nats.isConnected);
      await server.start();
      await until(() => nats.isConnected);
      expect(nats.connectionCount).toBe(2);
    });

    test('a wrong password is reported and not tried again', async () => {
      const wrong = { ...login, password: 'wrong' };
      await expect(reach({ url: secure(), tls: tls(), login: wrong })).rejects.toThrow(/AUTHORIZATION_VIOLATION/);
    });

    test('a server with a certificate of an unknown authority is refused', async () => {
      const { cert, key } = tls();
      await expect(reach({ url: secure(), tls: { cert, key }, login })).rejects.toThrow(/UNABLE_TO_VERIFY/);
    });
  });

  test('tls:// refuses a server without TLS', async () => {
    server = await startNats();
    await expect(reach({ url: secure() })).rejects.toThrow(/SERVER_OPT_NA/);
  });

  describe('with an operator, whose users have credentials', () => {
    let operator: Operator;
    beforeEach(async () => {
      operator = operatorConfiguration();
      writeFileSync(file('operator.conf'), operator.configuration);
      server = await startNats(['-c', file('operator.conf')]);
    });

    test('credentials are read again for each connection, so a renewed file takes effect', async () => {
      let credentials = operator.credentials({ seconds: 5 });
      const nats = await reach({ url: server.url, login: { kind: 'credentials', read: () => credentials } });
      await until(() => !nats.isConnected); // expired
      credentials = operator.credentials({ seconds: 3600 });
      // A connection attempt with the expired credentials may still be running.
      await until(() =>
        nats.connection.flush().then(
          () => true,
          () => false,
        ),
      );
    });

    test('credentials of another operator are refused', async () => {
      const foreign = operatorConfiguration().credentials({ seconds: 3600 });
      const login = { kind: 'credentials', read: () => foreign } as const;
      await expect(reach({ url: server.url, login })).rejects.toThrow(/AUTHORIZATION_VIOLATION/);
      const garbage = { kind: 'credentials', read: () => 'no credentials' } as const;
      await expect(reach({ url: server.url, login: garbage })).rejects.toThrow(/BAD_CREDS/);
    });
  });

  test('a client that waits for a server reports this once and then connects', async () => {
    server = await startNats();
    await server.kill();
    const reported: Error[] = [];
    const reached = reach({ url: server.url }, (error) => reported.push(error));
    await until(() => reported.length === 1);
    await server.start();
    await reached;
    expect(reported.map(({ message }) => message)).toEqual([expect.stringContaining('NATS does not answer yet')]);
  });
}

/** A certificate authority, and the certificates that it signed: `server` for this machine, `client` for the tests. */
function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=test authority');
  for (const name of ['server', 'client']) {
    const address = ['-addext', 'subjectAltName=DNS:localhost'];
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`, ...address);
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-copy_extensions', 'copy'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.pem`);
  }
}
