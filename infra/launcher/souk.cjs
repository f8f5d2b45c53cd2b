'use strict';
// The npm scripts call this file: `node infra/launcher/souk.cjs start|gateway|test|demo|build`. On a fresh clone it
// runs on any installed Node, so its syntax must be readable for very old versions, which get an error message.
var version = process.versions.node;

if (Number(version.split('.')[0]) < 20) {
  console.error(
    'Souk needs Node 20 or newer; this is Node ' +
      version +
      '. Install a newer Node from https://nodejs.org, then run the same command again.',
  );
  process.exit(1);
}
void import('./bootstrap/main.mjs').then(function (bootstrap) {
  return bootstrap.main(process.argv.slice(2));
});
