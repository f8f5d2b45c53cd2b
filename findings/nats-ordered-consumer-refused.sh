#!/usr/bin/env bash
# nats 2.29.3: an ordered consumer that the server refuses stays silent for 31 times `expires`: 15 minutes by default.
#
# The documentation of ordered consumers says that the client creates the consumer and recreates it when necessary. A stream may limit
# its consumers (`max_consumers`). When the limit is reached, the server refuses another consumer at once, and `consumers.add`
# rejects with the server's error. `consume()` of an ordered consumer treats this final answer like a lost connection: it asks 31
# times, pauses for about `expires` (30 s by default) after each answer, and neither rejects nor reports a status meanwhile. The
# reader looks like a reader of a stream without messages. The successor, @nats-io/jetstream 3.4.0, rejects at once.
#
# Instead: create an ephemeral consumer with `consumers.add`, bind to it by name, and check the delivery sequence numbers for gaps.
set -euo pipefail

command -v nats-server >/dev/null || { echo 'needs nats-server on the PATH' >&2; exit 77; }
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || true; }; rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund nats@2.29.3 @nats-io/jetstream@3.4.0 @nats-io/transport-node@3.4.0 \
  || { echo 'cannot install the packages' >&2; exit 77; }

nats-server -js -sd "$folder/store" -a 127.0.0.1 -p -1 --ports_file_dir "$folder" 2>server.log &
server=$!
for _ in $(seq 100); do grep -qs nats: ./*.ports && break || sleep 0.1; done
grep -qs nats: ./*.ports || { cat server.log >&2; exit 77; }

cat >demo.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import nats from 'nats';

const EXPIRES = 1000; // the smallest value that the client accepts, in ms
const servers = JSON.parse(readFileSync(process.argv[2], 'utf8')).nats;

async function report(name, work) {
  const begun = performance.now();
  const outcome = await work().then(() => 'created', ({ message }) => `refused: ${message}`);
  const times = (performance.now() - begun) / EXPIRES;
  console.log(`${name}: ${outcome}, ${times < 5 ? 'at once' : times > 20 ? 'after more than 20 times expires' : 'later'}`);
}

const old = await nats.connect({ servers });
const manager = await old.jetstreamManager();
await manager.streams.add({ name: 'ORDERS', subjects: ['orders.>'], max_consumers: 1 });
await manager.consumers.add('ORDERS', { durable_name: 'first', ack_policy: 'explicit' });
await report('nats, consumers.add', () => manager.consumers.add('ORDERS', { name: 'second', ack_policy: 'none' }));
const consumer = await old.jetstream().consumers.get('ORDERS', { opt_start_seq: 1 });
await report('nats, ordered consumer', () => consumer.consume({ expires: EXPIRES }));
await old.close();

const connection = await connect({ servers });
await jetstreamManager(connection);
await report('@nats-io/jetstream, ordered consumer', async () => {
  const ordered = await jetstream(connection).consumers.get('ORDERS', { opt_start_seq: 1 });
  await ordered.consume({ expires: EXPIRES });
});
await connection.close();
JS

echo "nats $(node -p 'require("nats/package.json").version'), $(nats-server --version)"
node demo.mjs ./*.ports | tee seen
diff - seen <<'EXPECTED' || { echo 'the behaviour has changed' >&2; exit 1; }
nats, consumers.add: refused: maximum consumers limit reached, at once
nats, ordered consumer: refused: maximum consumers limit reached, after more than 20 times expires
@nats-io/jetstream, ordered consumer: refused: maximum consumers limit reached, at once
EXPECTED
