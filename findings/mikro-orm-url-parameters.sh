#!/usr/bin/env bash
# @mikro-orm/postgresql 7.2.1: the parameters of `clientUrl` do not reach pg, so that `sslmode` and `application_name` have no effect.
#
# The documentation of `clientUrl` says "Full client connection URL. Overrides individual connection options". MikroORM takes host,
# port, user, password, database and `schema` out of the URL and drops the other parameters without a warning: the first packet
# is the login, where pg with the same URL asks for TLS. Through MikroORM, `sslmode=verify-full` means no TLS.
#
# Instead: pass `driverOptions: { connectionString: url }` beside `clientUrl`; these options reach pg as they are.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
node=node-$(node -p 'process.platform + "-" + process.arch') # MikroORM 7.2 needs Node 22.17 or later
npm install --silent --no-audit --no-fund @mikro-orm/core@7.2.1 @mikro-orm/postgresql@7.2.1 pg@8.23.0 "$node@24.21.0" \
  || { echo 'cannot install the packages' >&2; exit 77; }

cat >demo.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:net';
import { EntitySchema, MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';

const SSL_REQUEST = 80_877_103; // https://www.postgresql.org/docs/current/protocol-message-formats.html
let packet;
const server = createServer((socket) => {
  socket.on('error', () => undefined).once('data', (data) => {
    packet = data;
    socket.destroy();
  });
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const url = `postgres://app:secret@127.0.0.1:${server.address().port}/shop?sslmode=verify-full&application_name=orders`;

async function report(name, query) {
  await query().catch(() => undefined); // the server closes every connection after its first packet
  const login = () => packet.subarray(8).toString().replaceAll('\0', ' ').trim();
  console.log(`${name}: ${packet.readInt32BE(4) === SSL_REQUEST ? 'request for TLS' : login()}`);
}

async function queryWithMikroOrm(driverOptions) {
  const entities = [new EntitySchema({ name: 'Product', properties: { id: { type: 'number', primary: true } } })];
  const orm = await MikroORM.init({ clientUrl: url, entities, ensureDatabase: false, driverOptions });
  await orm.em.fork().execute('select 1').finally(() => orm.close());
}

await report('pg', () => new pg.Client(url).connect());
await report('MikroORM', () => queryWithMikroOrm({}));
await report('MikroORM with connectionString', () => queryWithMikroOrm({ connectionString: url }));
server.close();
JS

for package in @mikro-orm/postgresql pg; do node -p "'$package ' + require('./node_modules/$package/package.json').version"; done
"node_modules/$node/bin/node" demo.mjs | tee seen
diff - seen <<'EXPECTED' || { echo 'the behaviour has changed' >&2; exit 1; }
pg: request for TLS
MikroORM: user app database shop client_encoding UTF8
MikroORM with connectionString: request for TLS
EXPECTED
