#!/usr/bin/env bash
# rate-limiter-flexible 11.4.0: `RateLimiterUnion` takes a point from every limiter, also when one of them refuses.
#
# The documentation says "Combine two or more rate limiters to act as single", and that a refusal "Returns object with RateLimiterRes
# objects only for rejected limiters" (https://github.com/animir/node-rate-limiter-flexible/wiki/RateLimiterUnion). One limiter that
# refuses does not touch the others, but the union does: a client that retries too fast within a minute uses up its quota of the
# day with requests that never ran. The refusal does not mention the limiter of the day.
#
# Instead: ask the limiters one after the other, the one with the shortest window first, and stop at the first refusal. `reward`
# gives back what the limiters before it took.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund rate-limiter-flexible@11.4.0 || { echo 'cannot install the packages' >&2; exit 77; }

cat >demo.cjs <<'JS'
const { RateLimiterMemory, RateLimiterUnion } = require('rate-limiter-flexible');

const limiters = () => [
  new RateLimiterMemory({ keyPrefix: 'minute', points: 2, duration: 60 }),
  new RateLimiterMemory({ keyPrefix: 'day', points: 10, duration: 86_400 }),
];

/** Twelve requests of one client at once. */
async function demo(name, [minute, day], consume) {
  let ran = 0;
  let refusedBy = new Set();
  for (let request = 1; request <= 12; request += 1) {
    await consume().then(() => (ran += 1), (refusal) => (refusedBy = new Set([...refusedBy, ...Object.keys(refusal)])));
  }
  const { consumedPoints, remainingPoints } = await day.get('client');
  console.log(`${name}: ran ${ran}, day consumed ${consumedPoints}, day remaining ${remainingPoints}`);
  return [...refusedBy];
}

async function main() {
  const united = limiters();
  const union = new RateLimiterUnion(...united);
  const refusedBy = await demo('union', united, () => union.consume('client'));
  console.log(`union: refused by ${refusedBy.join(', then also by ')}`);
  const chained = limiters();
  await demo('one after the other', chained, async () => {
    for (const limiter of chained) await limiter.consume('client');
  });
}
void main();
JS

echo "rate-limiter-flexible $(node -p 'require("rate-limiter-flexible/package.json").version')"
node demo.cjs | tee seen
diff - seen <<'EXPECTED' || { echo 'the behaviour has changed' >&2; exit 1; }
union: ran 2, day consumed 12, day remaining 0
union: refused by minute, then also by day
one after the other: ran 2, day consumed 2, day remaining 8
EXPECTED
