#!/usr/bin/env bash
# nats 2.29.3: `jetstream.publish` writes `msgID` and `expect` into the headers object of its caller.
#
# The types of `JetStreamPublishOptions` document headers, message id and expectations as separate options of one message. The client
# copies the last two into the headers object of the caller. Two messages that share this object therefore share their id and their
# expectation: the server acknowledges the second message as a duplicate without storing it, or refuses it because the last message
# is not the expected one. The successor, @nats-io/jetstream 3.4.0, does the same.
#
# Instead: make new headers for every publish, also for a retry.
set -euo pipefail

command -v nats-server >/dev/null || { echo 'needs nats-server on the PATH' >&2; exit 77; }
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || true; }; rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund nats@2.29.3 || { echo 'cannot install the packages' >&2; exit 77; }

nats-server -js -sd "$folder/store" -a 127.0.0.1 -p -1 --ports_file_dir "$folder" 2>server.log &
server=$!
for _ in $(seq 100); do grep -qs nats: ./*.ports && break || sleep 0.1; done
grep -qs nats: ./*.ports || { cat server.log >&2; exit 77; }

cat >demo.cjs <<'JS'
const { readFileSync } = require('node:fs');
const { connect, headers } = require('nats');

async function demo(portsFile) {
  const connection = await connect({ servers: JSON.parse(readFileSync(portsFile, 'utf8')).nats });
  const manager = await connection.jetstreamManager();
  await manager.streams.add({ name: 'ORDERS', subjects: ['orders.>'] });
  const send = async (name, options) => {
    const outcome = await connection.jetstream().publish(`orders.${name}`, name, options).then(
      ({ duplicate }) => (duplicate ? 'acknowledged as a duplicate' : 'stored'),
      (error) => `refused: ${error.message}`,
    );
    console.log(`${name}: ${outcome}; headers: ${options.headers?.keys().toSorted().join(' ') ?? 'none'}`);
  };
  const shared = headers();
  shared.set('trace', '1');
  await send('first', { msgID: 'a' });
  await send('second', { msgID: 'b', expect: { lastMsgID: 'a' }, headers: shared });
  await send('third', { headers: shared });
  await send('fourth', { msgID: 'd', headers: shared });
  console.log(`messages in the stream: ${(await manager.streams.info('ORDERS')).state.messages} of 4`);
  await connection.close();
}
void demo(process.argv[2]);
JS

echo "nats $(node -p 'require("nats/package.json").version'), $(nats-server --version)"
node demo.cjs ./*.ports | tee seen
diff - seen <<'EXPECTED' || { echo 'the behaviour has changed' >&2; exit 1; }
first: stored; headers: none
second: stored; headers: Nats-Expected-Last-Msg-Id Nats-Msg-Id trace
third: acknowledged as a duplicate; headers: Nats-Expected-Last-Msg-Id Nats-Msg-Id trace
fourth: refused: wrong last msg id: b; headers: Nats-Expected-Last-Msg-Id Nats-Msg-Id trace
messages in the stream: 2 of 4
EXPECTED
